import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { GumpError } from '@gump/errors'
import { initialState, reduce } from '@gump/history'
import { type LedgerEvent, type NewEvent, seal } from '@gump/ledger'
import type { EngineOptions } from '../contract.js'
import { localExecutor, sendReports } from '../dispatch/local-executor.js'
import type { StepExecutor, StepReports } from '../dispatch/step-executor.js'
import type { Journal } from '../shell/journal.js'
import { createMasker } from '../shell/masker.js'
import { settleViews } from '../shell/start-isolated.js'
import { createContext } from './create-context.js'
import { readFilters } from './read-filters.js'
import { openSetup } from './setup.js'
import { readInputs } from './snapshot-inputs.js'

/** A run as a process needs to know it to perform its effects. */
export interface PerformedRun {
  readonly id: string
  readonly alias: string
  /** Folder of the run on the machine that performs: `inputs/` is read there, artifacts are written there. */
  readonly dir: string
}

/** Performs effects of a run that another process decides about. */
export interface StepPerformer extends StepExecutor {
  /** Takes in ledger lines, in order and without a gap; those that are known already are left out. */
  learn(lines: readonly LedgerEvent[]): void
  close(): Promise<void>
}

/**
 * Opens the performing side of a {@link StepExecutor}: agents, gates, sandbox and environment are those of the options it
 * is opened with, whatever process asks.
 *
 * @param history - the lines of the ledger so far, from the first.
 * @throws GumpError `GUMP-L014` when what the run was started with is not in its folder.
 *
 * @example
 * ```ts
 * const performer = await openPerformer(options, { id, alias, dir }, history)
 * const result = await performer.execute(request, { report: send, live: () => {} }, signal)
 * await performer.close()
 * ```
 */
export async function openPerformer(
  options: EngineOptions,
  run: PerformedRun,
  history: readonly LedgerEvent[],
): Promise<StepPerformer> {
  const opened = await openSetup(options)
  const { plan, inputs, settings } = readInputs(run.dir)
  const { gateCommands } = settings
  const setup = { ...opened, settings: { ...opened.settings, gateCommands } }
  const known = createCopy(history)
  const masker = createMasker(setup.ambient.env, setup.settings.secretEnv)
  const filters = await readFilters(setup, known.state.started?.base_commit ?? setup.facts.head)
  const open = new Set<Journal>()
  // Content filters run for a worktree, not for an effect: their processes are reported with what is being performed.
  const journal = journalOn(known, (events) => {
    const [any] = open
    if (any === undefined) throw new GumpError('GUMP-R999', 'nothing is being performed')
    any.append(events)
  })
  // The run remembers by itself how its own machine's checkout was found.
  const watchDir = join(run.dir, 'performer')
  mkdirSync(watchDir, { recursive: true })
  const context = await createContext({
    ...run,
    setup,
    plan,
    inputs,
    filters,
    watchDir,
    journal,
    masker,
    live: () => {},
  })
  const notes = [...(await context.watch.begin())]
  return {
    learn: (lines) => known.learn(lines),
    async close() {
      await settleViews(context)
      await setup.workspace.close()
    },
    async execute(request, reports, signal) {
      const { run: id, after } = request
      if (id !== run.id || after > known.events.length) {
        throw new GumpError('GUMP-R999', `${request.id} was asked for too early: line ${after} is not known`)
      }
      const now = setup.ambient.clock.now()
      const own = createCopy(known.events, known.state)
      const sender = sendReports(request.id, reports)
      const mine = journalOn(own, (events) => {
        const masked = masker.maskAll(events)
        own.learn(
          masked.map((event, index) => provisional(event, { id, seq: own.events.length + index + 1, now })),
        )
        sender.send(masked)
      })
      open.add(mine)
      if (notes.length > 0) mine.append(notes.splice(0))
      // What this request has reported is numbered by one sender, whichever part of the performer it comes from.
      const numbered: StepReports = { report: ({ events }) => mine.append(events), live: reports.live }
      try {
        const done = await localExecutor({ ...context, journal: mine }).execute(request, numbered, signal)
        return done.status === 'done' ? { ...done, events: sender.sent } : done
      } finally {
        open.delete(mine)
      }
    },
  }
}

/** A line as it will be, but for its number and time, which the run's own process gives. */
function provisional(
  event: NewEvent,
  { id, seq, now }: { readonly id: string; readonly seq: number; readonly now: number },
): LedgerEvent {
  return seal(event, { v: 1, seq, ts: new Date(now).toISOString(), run_id: id })
}

function createCopy(lines: readonly LedgerEvent[], given = lines.reduce(reduce, initialState)) {
  const events = [...lines]
  let state = given
  return {
    events,
    get state() {
      return state
    },
    learn(more: readonly LedgerEvent[]): void {
      for (const line of more) {
        if (line.seq <= events.length) continue
        if (line.seq > events.length + 1) {
          throw new GumpError('GUMP-R999', `line ${events.length + 1} of the ledger is missing`)
        }
        events.push(line)
        state = reduce(state, line)
      }
    },
  }
}

function journalOn(copy: ReturnType<typeof createCopy>, append: Journal['append']): Journal {
  return {
    get state() {
      return copy.state
    },
    events: copy.events,
    append,
    onAppend: () => () => {},
    onFailure: () => () => {},
    fail: () => {},
    close: () => Promise.resolve(),
  }
}
