import type { NewEvent } from '@gump/ledger'
import type { WorkspaceProvider } from '@gump/workspace'
import { attemptRef } from '../shell/commit-text.js'

/** Gives the commits of a replayed history refs of the new run: they must stand when the old run is removed. */
export async function anchorHistory(
  history: readonly NewEvent[],
  runId: string,
  workspace: WorkspaceProvider,
): Promise<readonly NewEvent[]> {
  const anchored: NewEvent[] = []
  for (const [index, event] of history.entries()) {
    if (event.type === 'snapshot_created') {
      const ref = attemptRef(runId, event)
      await workspace.moveRef(ref, null, event.commit)
      anchored.push({ ...event, ref })
    } else {
      if (event.type === 'step_completed' && event.commit !== '') {
        await workspace.moveRef(`refs/gump/${runId}/${event.step}/@replayed.${index}`, null, event.commit)
      }
      anchored.push(event)
    }
  }
  return anchored
}
