import { GumpError } from '@gump/errors'
import type { RunOptions } from '@gump/ledger'
import { standInFor } from '@gump/history'
import { createAgentTable } from '../shell/agent-table.js'
import { howToGet } from './look-up-agents.js'
import type { Setup } from './setup.js'

/**
 * Refuses an agent for what is left of a run as a run would be that begins with it.
 *
 * @throws GumpError `GUMP-P005` for a name that means none, `GUMP-P006` for one whose program is not there.
 */
export async function requireAgent(
  setup: Setup,
  options: RunOptions,
  named: string | undefined,
): Promise<void> {
  if (named === undefined) return
  const { adapter } = createAgentTable(setup.adapters, setup.settings).get(standInFor(options, named))
  if (adapter.detection === null || (await setup.detect(adapter)).path !== null) return
  const { displayName, detection } = adapter
  throw new GumpError(
    'GUMP-P006',
    `${displayName} is not installed: there is no "${detection.command}" on PATH`,
    { data: { agent: named, command: detection.command }, remedy: await howToGet(setup, adapter) },
  )
}
