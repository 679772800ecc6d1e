import { spellDuration } from '@gump/errors'
import type { AgentEvent, AgentOutcome } from '@gump/agents'
import type { GuardTrip } from '@gump/guards'
import type { NewEvent } from '@gump/ledger'
import type { LaunchEffect } from '@gump/core'
import type { RunContext } from './run-context.js'

const mostWarnings = 10
const mostChars = 500

/** Warnings of one launch for the ledger: each once, and not without end. */
export interface AgentWarnings {
  /** The event when it is a warning that is worth keeping. */
  of(event: AgentEvent): NewEvent | null
  /** What is to be said about how it ended. */
  atEnd(outcome: AgentOutcome, ending: Ending | null): readonly NewEvent[]
}

/** How an agent that did not exit by itself was ended. */
export interface Ending {
  /** A guard of time, which the agent's own last word may overrule. */
  heldTrip: GuardTrip | null
  /** Milliseconds of silence after its last word. */
  silentMs: number | null
}

export function agentWarnings(
  context: Pick<RunContext, 'journal' | 'masker'>,
  effect: LaunchEffect,
): AgentWarnings {
  const seen = new Set<string>()
  const warning = (message: string): NewEvent => ({ type: 'warning', step: effect.path, message })
  return {
    of(event) {
      if (event.type !== 'warning' || seen.size >= mostWarnings || seen.has(event.message)) return null
      seen.add(event.message)
      return warning(`${effect.agent}: ${context.masker.mask(event.message).slice(0, mostChars)}`)
    },
    atEnd(outcome, ending) {
      const said = (outcome.warnings ?? []).map((text) =>
        warning(`${effect.agent}: ${context.masker.mask(text).slice(0, mostChars)}`),
      )
      const hung = ending === null ? null : endingText(ending)
      if (hung !== null) said.push(warning(`${effect.agent}: ${hung}`))
      if (outcome.compat !== true) return said
      const { agent } = effect
      const { version } = context.journal.state.started?.agents[agent] ?? { version: null }
      const program = version === null ? agent : `${agent} (version ${version})`
      const unknown = 'turns, tokens and cost are unknown'
      const missed =
        outcome.status === 'success'
          ? `nothing that ${program} printed was understood: its exit code decided; ${unknown}, and guards saw nothing of what it did`
          : `what ${program} printed was not understood: ${unknown}, and guards may have missed what it did`
      return [...said, warning(missed)]
    },
  }
}

function endingText({ heldTrip, silentMs }: Ending): string | null {
  const word = 'it did not exit after its last word, which counts'
  if (heldTrip !== null) return `${word}; ended by ${heldTrip.guard} (${heldTrip.reason})`
  return silentMs === null ? null : `${word}; ended after ${spellDuration(silentMs, 2)} of silence`
}
