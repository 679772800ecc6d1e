import type { IndexEntry } from '@gump/ledger'
import type { RunState } from './state.js'
import { allAttempts, walkNodes } from './tree.js'

/** The line of a run in the index of finished runs, or null while it has not ended. */
export function indexEntry(run: RunState): IndexEntry | null {
  const { started, ended, spent } = run
  if (started === null || ended === null) return null
  let steps = 0
  let retries = 0
  walkNodes(run.root, (node) => {
    const attempts = allAttempts(node)
    if (attempts.some(({ completed }) => completed !== null)) steps += 1
    retries += attempts.filter(({ retry }) => retry !== null).length
  })
  return {
    v: 1,
    run_id: started.run_id,
    alias: started.alias,
    workflow: started.workflow.name,
    status: ended.status,
    ...(ended.reason === undefined ? {} : { reason: ended.reason }),
    ...(ended.step === undefined ? {} : { step: ended.step }),
    started_at: started.ts,
    ended_at: ended.ts,
    duration_ms: ended.duration_ms,
    usage: ended.usage,
    turns: spent.turns,
    steps,
    retries,
    base_commit: started.base_commit,
    commit: ended.commit,
  }
}
