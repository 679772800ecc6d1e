import { usageError } from '../usage-error.js'
import type { RunCommandOptions } from './options.js'

/**
 * A resumed or replayed run continues as it was started: flags that would only shape a start are refused rather than
 * ignored.
 */
export function refuseMixedFlags(options: RunCommandOptions): void {
  const { resume, replay } = options
  if (!resume && !replay) {
    if (options.run !== undefined) throw usageError('--run goes with --resume or --replay', 'run')
    return
  }
  if (replay && options.fromStep === undefined) {
    throw usageError('--replay wants --from-step: the first step to do again', 'run')
  }
  const given = [...shapesAnyStart(options), ...(replay ? [] : shapesNoResume(options))]
  if (given.length === 0) return
  const what = replay ? '--replay does a run again' : '--resume continues a run'
  throw usageError(`${what} as it was started; it takes no ${given.join(', ')}`, 'run')
}

function shapesAnyStart(options: RunCommandOptions): readonly string[] {
  return [
    ...(options.set.length === 0 ? [] : ['--set']),
    ...(options.jobs === undefined ? [] : ['--jobs']),
    ...(options.pauseAfter.length === 0 ? [] : ['--pause-after']),
    ...(options.dryRun ? ['--dry-run'] : []),
    ...(options.allowDirty ? ['--allow-dirty'] : []),
    ...(options.park ? [] : ['--no-park']),
  ]
}

/** What follows in a replay may come from another workflow or spec; a resume knows only its own. */
function shapesNoResume(options: RunCommandOptions): readonly string[] {
  return [
    ...(options.target === undefined ? [] : [`"${options.target}"`]),
    ...(options.second === undefined ? [] : [`"${options.second}"`]),
    ...(options.spec === undefined ? [] : ['--spec']),
    ...(options.workflow === undefined ? [] : ['--workflow']),
  ]
}
