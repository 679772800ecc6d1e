import { type Ledger, type LedgerEvent, type NewEvent, openLedger, type Ownership } from '@gump/ledger'
import type { ContentFilters } from '@gump/workspace'
import { type SteadyClock, steadyClock } from '../ambient/steady-clock.js'
import type { LiveEvent, Run, RunResult } from '../run.js'
import type { Plan } from '@gump/core'
import { indexEntry } from '@gump/history'
import { localExecutor } from '../dispatch/local-executor.js'
import { drive } from '../shell/drive.js'
import { type Journal, openJournal } from '../shell/journal.js'
import { createMasker, type Masker } from '../shell/masker.js'
import { settleViews } from '../shell/start-isolated.js'
import type { RunContext } from '../shell/run-context.js'
import type { RunInputs } from '../shell/run-inputs.js'
import { createContext } from './create-context.js'
import { createRunHandle } from './run-handle.js'
import { runResult } from './run-result.js'
import type { Setup } from './setup.js'
import { writeState } from './state-file.js'

export interface LaunchOptions {
  readonly setup: Setup
  readonly id: string
  readonly alias: string
  readonly dir: string
  readonly plan: Plan
  readonly inputs: RunInputs
  readonly ownership: Ownership
  /** Those that the run's base commit uses. */
  readonly filters: ContentFilters
  readonly mode: 'create' | 'append'
  /** Appended first; a resume decides it when the ledger has been read. */
  readonly first: (past: readonly LedgerEvent[], context: RunContext) => Promise<readonly NewEvent[]>
  readonly signal: AbortSignal | undefined
}

/** Opens the ledger, appends the first events and drives the run in the background. */
export async function launchRun(request: LaunchOptions): Promise<Run> {
  const { id, alias, dir } = request
  const clock = steadyClock(request.setup.ambient.clock)
  const { setup } = request
  const options = { ...request, setup: { ...setup, ambient: { ...setup.ambient, clock } } }
  const masker = createMasker(setup.ambient.env, setup.settings.secretEnv)
  const { ledger, journal } = openJournalOf(options, masker)
  const listeners = new Set<(event: LiveEvent) => void>()
  try {
    const context = await createContext({
      ...options,
      journal,
      masker,
      live: (live) => listeners.forEach((listener) => listener(live)),
    })
    const notes = catchUp(clock, journal.events)
    journal.append([...(await options.first(journal.events, context)), ...notes])
    const changed = await context.watch.begin()
    if (changed.length > 0) journal.append(changed)
    const cancel = async (reason: string): Promise<void> => {
      if (journal.state.ended === null && journal.state.stop === null) {
        try {
          journal.append([{ type: 'cancel_requested', reason }])
        } catch {
          // A ledger that cannot be written ends the run by itself, and its result says so.
        }
      }
      await result.catch(() => {})
    }
    const result = finish(options, context, journal, ledger)
    const stop = (): void => void cancel('interrupted')
    options.signal?.addEventListener('abort', stop, { once: true })
    if (options.signal?.aborted === true) stop()
    return createRunHandle({ id, alias, dir, journal, result, listeners, cancel })
  } catch (error) {
    giveUp(options, ledger)
    throw error
  }
}

const barelyBehindMs = 60_000

/** A ledger whose last line is of later than now: whatever is measured continues from there. */
function catchUp(clock: SteadyClock, past: readonly LedgerEvent[]): readonly NewEvent[] {
  const latest = past.reduce((most, { ts }) => Math.max(most, Date.parse(ts)), 0)
  const now = clock.now()
  if (clock.notBefore(latest) < barelyBehindMs) return []
  const [told, known] = [now, latest].map((ms) => new Date(ms).toISOString())
  const message = `the clock says ${told}, and the last line of the ledger is of ${known}: its times continue from there`
  return [{ type: 'warning', message }]
}

function openJournalOf(
  options: LaunchOptions,
  masker: Masker,
): { readonly ledger: Ledger; readonly journal: Journal } {
  const { setup, dir, id, mode, ownership } = options
  const { clock, faults } = setup.ambient
  const { durability } = setup.settings
  try {
    const ledger = openLedger({
      dir,
      runId: id,
      clock,
      mode,
      durability,
      fault: faults,
      onFailure: (error) => journal.fail(error),
    })
    const journal = openJournal(ledger, { past: ledger.events, fault: faults, masker })
    return { ledger, journal }
  } catch (error) {
    ownership.release()
    throw error
  }
}

async function finish(
  options: LaunchOptions,
  context: RunContext,
  journal: Journal,
  ledger: Ledger,
): Promise<RunResult> {
  try {
    const { ambient } = options.setup
    const local = localExecutor(context)
    const run = {
      id: context.runId,
      alias: context.alias,
      dir: context.dir,
      history: (after: number): readonly LedgerEvent[] => journal.events.slice(after),
    }
    await drive(context, ambient.executor?.(local, run) ?? local)
    await settleViews(context)
  } catch (error) {
    giveUp(options, ledger)
    throw error
  }
  writeDerived(options, journal)
  options.setup.ambient.faults('end:release')
  ledger.close()
  options.ownership.release()
  return runResult(journal.state)
}

/** The end of the run is in its ledger; what is derived from that may be missing, and must not make it a failure. */
function writeDerived({ setup, dir }: LaunchOptions, journal: Journal): void {
  const { faults } = setup.ambient
  try {
    faults('end:index')
    const entry = indexEntry(journal.state)
    if (entry !== null) setup.store.appendIndex(entry)
    faults('end:state')
    writeState(dir, journal.state)
  } catch {
    // A full disk: `runs`, `report` and `stats` read the ledgers.
  }
}

/** Gives the run back after a failure, which is what the caller gets, whatever else goes wrong. */
function giveUp({ ownership }: LaunchOptions, ledger: Ledger): void {
  for (const step of [() => ledger.close(), () => ownership.release()]) {
    try {
      step()
    } catch {
      // The same full disk, most likely.
    }
  }
}
