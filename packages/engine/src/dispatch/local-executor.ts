import type { NewEvent } from '@gump/ledger'
import { perform } from '../shell/perform/perform.js'
import type { RunContext } from '../shell/run-context.js'
import type { StepExecutor, StepReports } from './step-executor.js'

/** Performs effects in this process. Rejects with the very error that stopped it. */
export function localExecutor(context: RunContext): StepExecutor {
  return {
    async execute({ id, effect }, reports, signal) {
      const sender = sendReports(id, reports)
      const { journal } = context
      const own: RunContext = {
        ...context,
        journal: {
          get state() {
            return journal.state
          },
          get events() {
            return journal.events
          },
          append: sender.send,
          onAppend: journal.onAppend,
          onFailure: journal.onFailure,
          fail: journal.fail,
          close: journal.close,
        },
        live: (step, event) =>
          reports.live({ step: step.path, round: step.round, attempt: step.attempt, event }),
      }
      await perform(own, effect, signal)
      return { v: 1, id, status: 'done', events: sender.sent }
    },
  }
}

/** Numbers the events of one request. */
export function sendReports(
  id: string,
  reports: Pick<StepReports, 'report'>,
): { readonly sent: number; readonly send: (events: readonly NewEvent[]) => void } {
  let sent = 0
  return {
    get sent() {
      return sent
    },
    send(events) {
      const from = sent
      sent += events.length
      reports.report({ v: 1, id, from, events })
    },
  }
}
