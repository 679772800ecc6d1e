import { type CheckpointKind, readCheckpoint, type RunLocation, stampOf, writeCheckpoint } from '@gump/ledger'
import { openFold } from '../lifecycle/open-run.js'
import type { Traces } from '../lifecycle/remains.js'
import { areFacts, factsOf, type LedgerFacts } from './ledger-facts.js'
import type { OpenedRuns } from './opened-runs.js'

/**
 * The facts of a ledger: those kept beside it when it has not changed since then, else by reading it.
 *
 * @param keep - whether they are worth keeping; those of a live run are not.
 * @throws GumpError as `openFold`
 */
export async function readFacts(
  runs: OpenedRuns,
  location: RunLocation,
  traces: Traces,
  keep: boolean,
): Promise<LedgerFacts> {
  const kind: CheckpointKind = { name: 'summary', maker: `gump ${runs.settings.gumpVersion}, summary 1` }
  // Looked at first: what is read afterwards may be longer, and is then read again the next time.
  const stamp = stampOf(location.ledgerFile)
  const kept = stamp === null ? null : readCheckpoint(location.ledgerFile, stamp, kind)
  if (areFacts(kept)) return kept
  const facts = factsOf(await openFold(location, traces))
  if (keep && stamp !== null && stamp.bytes > 0) writeCheckpoint(location.ledgerFile, stamp, kind, facts)
  return facts
}
