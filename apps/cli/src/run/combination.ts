import { usageError } from '../usage-error.js'
import type { RunCommandOptions } from './options.js'

/** A resumed run goes on as it was started: flags that would only shape a start are refused rather than ignored. */
export function refuseMixedFlags(options: RunCommandOptions): void {
  if (!options.resume) return
  const given = [
    ...(options.target === undefined ? [] : [`"${options.target}"`]),
    ...(options.second === undefined ? [] : [`"${options.second}"`]),
    ...(options.workflow === undefined ? [] : ['--workflow']),
    ...(options.spec === undefined ? [] : ['--spec']),
    ...(options.set.length === 0 ? [] : ['--set']),
    ...(options.jobs === undefined ? [] : ['--jobs']),
    ...(options.pauseAfter.length === 0 ? [] : ['--pause-after']),
    ...(options.dryRun ? ['--dry-run'] : []),
    ...(options.allowDirty ? ['--allow-dirty'] : []),
    ...(options.allowUnpriced ? ['--allow-unpriced'] : []),
    ...(options.park ? [] : ['--no-park']),
  ]
  if (given.length > 0) {
    throw usageError(`--resume goes on with a run as it was started; it takes no ${given.join(', ')}`, 'run')
  }
}
