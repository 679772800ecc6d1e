import { GumpError } from '@gump/errors'
import {
  type LedgerContent,
  type LedgerEvent,
  type Oddity,
  readLedger,
  readLedgerParts,
  type RunLocation,
} from '@gump/ledger'
import { initialState, reduce, type RunState } from '@gump/history'

/** A run as its ledger tells it. */
export interface RunRecord extends LedgerContent {
  /** Everything folded; the initial state when there is no event yet. */
  readonly state: RunState
}

/**
 * Reads the ledger of a run and folds it.
 *
 * @throws GumpError as `readLedger`, and `GUMP-L001` when its lines do not follow from one another.
 */
export async function readRun(location: RunLocation): Promise<RunRecord> {
  const content = await readLedger(location.ledgerFile, location.id)
  return { ...content, state: fold(content.events, location.ledgerFile) }
}

/** A run as its ledger tells it, without the lines. */
export interface RunFold extends Pick<RunRecord, 'state' | 'oddities'> {
  /** null: there is no event yet. */
  readonly first: LedgerEvent | null
}

/**
 * Folds the ledger of a run without holding its lines, of which there may be a million.
 *
 * @throws GumpError as {@link readRun}
 */
export async function foldRun({ ledgerFile, id }: RunLocation): Promise<RunFold> {
  const oddities: Oddity[] = []
  const parts = readLedgerParts(ledgerFile, { runId: id, onOddity: (oddity) => oddities.push(oddity) })
  let first: LedgerEvent | null = null
  let state = initialState
  for await (const events of parts) {
    first ??= events[0] ?? null
    state = fold(events, ledgerFile, state)
  }
  return { first, state, oddities }
}

/** Lines that are whole, each for itself, may still make no sense together: some were taken out, or swapped. */
function fold(events: readonly LedgerEvent[], file: string, before: RunState = initialState): RunState {
  const [first] = events
  if (before === initialState && first !== undefined && first.type !== 'run_started') {
    throw contradiction(file, 1, `a run begins with run_started, not with ${first.type}`)
  }
  return events.reduce((state, event) => {
    try {
      return reduce(state, event)
    } catch (cause) {
      throw contradiction(file, event.seq, 'it does not follow from the lines before', cause)
    }
  }, before)
}

function contradiction(file: string, line: number, why: string, cause?: unknown): GumpError {
  return new GumpError('GUMP-L001', `${file}:${line}: the line is damaged: ${why}`, {
    data: { file, line, why },
    remedy: 'restore the file from a backup; nothing was changed',
    ...(cause === undefined ? {} : { cause }),
  })
}
