import type { AgentEvent, AgentOutcome } from '@gump/agents'
import type { NewEvent } from '@gump/ledger'
import type { LaunchEffect } from '../core/effects.js'
import type { RunContext } from './run-context.js'

const mostWarnings = 10
const mostChars = 500

/** Warnings of one launch for the ledger: each once, and not without end. */
export interface AgentWarnings {
  /** The event when it is a warning that is worth keeping. */
  of(event: AgentEvent): NewEvent | null
  /** What is to be said about a stream that was not understood. */
  atEnd(outcome: AgentOutcome): NewEvent | null
}

export function agentWarnings(context: RunContext, effect: LaunchEffect): AgentWarnings {
  const seen = new Set<string>()
  const warning = (message: string): NewEvent => ({ type: 'warning', step: effect.path, message })
  return {
    of(event) {
      if (event.type !== 'warning' || seen.size >= mostWarnings || seen.has(event.message)) return null
      seen.add(event.message)
      return warning(`${effect.agent}: ${context.masker.mask(event.message).slice(0, mostChars)}`)
    },
    atEnd(outcome) {
      if (outcome.compat !== true) return null
      const { agent } = effect
      const { version } = context.journal.state.started?.agents[agent] ?? { version: null }
      const program = version === null ? agent : `${agent} (version ${version})`
      const unknown = 'turns, tokens and cost are unknown'
      return warning(
        outcome.status === 'success'
          ? `nothing that ${program} printed was understood: its exit code decided; ${unknown}, and guards saw nothing of what it did`
          : `what ${program} printed was not understood: ${unknown}, and guards may have missed what it did`,
      )
    },
  }
}
