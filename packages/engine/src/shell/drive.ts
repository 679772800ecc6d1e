import { type ErrorCode, GumpError, isGumpError } from '@gump/errors'
import { decide, type Effect } from '@gump/core'
import type { PerformedEffect, StepExecutor, StepReports } from '../dispatch/step-executor.js'
import { stepRequest } from '../dispatch/step-request.js'
import { takeReports } from '../dispatch/take-reports.js'
import type { RunContext } from './run-context.js'
import { circuitBreaker } from './circuit-breaker.js'
import { StopReason } from './stop-reason.js'

interface Dispatched {
  readonly context: RunContext
  readonly executor: StepExecutor
  readonly effect: PerformedEffect
}

interface InProgress {
  readonly controller: AbortController
  readonly done: Promise<void>
}

/**
 * Keeps in progress what the core asks for, until it asks for nothing more. The only loop of a run: start, resume and
 * replay differ in the ledger they begin with.
 *
 * Rejects when the ledger cannot be written; everything in progress has been stopped by then.
 */
export async function drive(context: RunContext, executor: StepExecutor): Promise<void> {
  const running = new Map<string, InProgress>()
  // Of the programs that could have changed the user's checkout, since it was last looked at.
  let hasWorked = false
  let wake = (): void => {}
  let fatal: unknown = null
  const unsubscribe = context.journal.onAppend(() => wake())
  const unsubscribeFailure = context.journal.onFailure((error) => {
    fatal ??= error
    wake()
  })

  const start = (effect: PerformedEffect): void => {
    const controller = new AbortController()
    const done = execute({ context, executor, effect }, controller.signal)
      .catch((error: unknown) => {
        if (!controller.signal.aborted || isLedgerFailure(error)) {
          try {
            breakCircuit(context, effect, error)
          } catch (failure) {
            fatal ??= failure
          }
        }
      })
      .finally(() => {
        running.delete(effect.id)
        wake()
      })
    running.set(effect.id, { controller, done })
  }

  const look = async (): Promise<void> => {
    hasWorked = false
    const notes = await context.watch.lookAtCheckout()
    if (notes.length > 0) context.journal.append(notes)
  }

  try {
    for (;;) {
      // Set before deciding, so that nothing that happens from here on goes unnoticed.
      const woken = new Promise<void>((resolve) => (wake = resolve))
      if (fatal !== null) throw fatal
      const effects = decide(context.plan, context.journal.state)
      const wanted = new Set(effects.map((effect) => effect.id))
      const dropped = [...running].filter(([id]) => !wanted.has(id)).map(([, entry]) => entry)
      if (dropped.length > 0) {
        for (const { controller } of dropped) controller.abort(StopReason.of(context.journal.state))
        await Promise.all(dropped.map((entry) => entry.done))
        continue
      }
      const records = effects.flatMap((effect) => (effect.kind === 'record' ? [effect.event] : []))
      const ends = records.some(({ type }) => type === 'run_completed')
      if (hasWorked && ends) {
        await look()
        // What is right to record may be something else by now.
        continue
      }
      if (records.length > 0) {
        context.journal.append(records)
        continue
      }
      if (effects.length === 0 && running.size === 0) return
      for (const effect of effects) {
        if (effect.kind === 'record' || running.has(effect.id)) continue
        hasWorked ||= worksInWorktree(effect)
        start(effect)
      }
      if (hasWorked && waits(effects)) await look()
      await woken
    }
  } finally {
    unsubscribe()
    unsubscribeFailure()
    for (const { controller } of running.values()) controller.abort(StopReason.lost)
    await Promise.all([...running.values()].map((entry) => entry.done))
  }
}

/** Nothing works, and nothing will before a person answers or a provider's limit is over. */
function waits(effects: readonly Effect[]): boolean {
  return effects.length > 0 && effects.every(({ kind }) => kind === 'ask' || kind === 'timer')
}

function worksInWorktree({ kind }: Effect): boolean {
  return kind === 'launch' || kind === 'gate' || kind === 'collect' || kind === 'workspace'
}

/** Has an effect performed; what is reported of it enters the ledger once, until there is a result. */
async function execute({ context, executor, effect }: Dispatched, signal: AbortSignal): Promise<void> {
  const { journal } = context
  const taker = takeReports(effect.id, (events) => journal.append(events))
  const reports: StepReports = {
    report: taker.take,
    live: ({ event, ...step }) => context.live({ ...step, path: step.step }, event),
  }
  try {
    const request = stepRequest(context.runId, effect, journal.events.length)
    const result = await executor.execute(request, reports, signal)
    if (result.status === 'done') return taker.complete(result.events)
    const { code, message, remedy } = result.error
    throw new GumpError(code, message, remedy === undefined ? {} : { remedy })
  } finally {
    taker.end()
  }
}

/** What no retry cures stops the run and says why; the cause is kept for the reader. */
function breakCircuit(context: RunContext, effect: PerformedEffect, error: unknown): void {
  if (isLedgerFailure(error)) throw error
  const step = 'path' in effect ? effect.path : effect.kind
  context.journal.append([circuitBreaker(context, step, error)])
}

/** There is nothing to write down that nothing can be written down in. */
function isLedgerFailure(error: unknown): boolean {
  return isGumpError(error) && ledgerFailures.has(error.code)
}

const ledgerFailures: ReadonlySet<ErrorCode> = new Set(['GUMP-L002', 'GUMP-L009', 'GUMP-L013'])
