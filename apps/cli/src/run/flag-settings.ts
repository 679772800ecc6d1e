import { findKey } from '../config/key-path.js'
import type { Setting } from '../config/layer.js'
import type { ConfigValue } from '../config/value-kind.js'
import type { RunCommandOptions } from './options.js'

/** The flags that stand for keys of the configuration, so that they take part in its precedence. */
export function flagSettings(
  options: Pick<RunCommandOptions, 'jobs' | 'sandbox' | 'verbose'>,
): readonly Setting[] {
  return [
    ...setting(['parallel', 'jobs'], options.jobs, '--jobs'),
    ...setting(['sandbox', 'mode'], options.sandbox, '--sandbox'),
    ...setting(['display', 'verbose'], options.verbose ? true : undefined, '--verbose'),
  ]
}

function setting(path: readonly string[], value: ConfigValue | undefined, where: string): readonly Setting[] {
  const key = findKey(path)
  return key === undefined || value === undefined ? [] : [{ path, key, value, source: 'flag', where }]
}
