import type { RunResult, RunStatus } from '../run.js'
import { ownedMs, type RunState, runUsage, walkNodes } from '@gump/history'

/** What came of a run that has stopped. */
export function runResult(state: RunState): RunResult {
  const { ended, stop, started } = state
  const steps: { path: string; status: 'pass' | 'fatal' }[] = []
  walkNodes(state.root, (node, path) => {
    if (node.completed !== null) steps.push({ path: path.join('/'), status: node.completed.status })
  })
  return {
    id: state.runId,
    status: statusOf(state),
    usage: runUsage(state),
    costUsd: runUsage(state).cost_usd,
    durationMs: ended?.duration_ms ?? ownedMs(state.time),
    commit: ended?.commit ?? started?.base_commit ?? '',
    baseCommit: started?.base_commit ?? '',
    ...(ended?.step === undefined ? {} : { failedStep: ended.step }),
    ...(ended?.reason === undefined ? {} : { reason: ended.reason }),
    ...(stop?.why === 'limit' ? { limitExceeded: stop.limit } : {}),
    steps,
  }
}

function statusOf(state: RunState): RunStatus {
  return state.ended === null ? 'interrupted' : state.ended.status
}
