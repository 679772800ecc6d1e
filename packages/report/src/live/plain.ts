import { paintWith } from '@gump/errors'
import type { EventOf, LedgerEvent } from '@gump/ledger'
import { factLines } from './facts.js'
import { finalBlock, type RunEnding } from './final-block.js'
import { createGateLines } from './gate-lines.js'
import { createLayout } from './layout.js'
import { createRunMemory, type RunMemory } from './memory.js'
import { createSections } from './sections.js'
import { turnLines } from './turn-lines.js'

/** How much a display says. `quiet`: what went wrong, what waits, and the end. `verbose`: turns and gate errors too. */
export type DisplayLevel = 'quiet' | 'normal' | 'verbose'

/** How events are printed line by line. */
export interface PlainOptions {
  /** Terminal styles; never for pipes. */
  readonly color: boolean
  /** Default `normal`. */
  readonly level?: DisplayLevel
  /** Columns of the terminal, asked whenever a line is made; absent: lines are not wrapped. */
  readonly columns?: () => number
}

/** Turns events into lines, each as soon as it is known. */
export interface PlainRenderer {
  /** Lines to print now, each without its last newline. */
  push(event: LedgerEvent): string[]
}

/**
 * The display of a run for logs, pipes and CI: one line per fact, `[path]  phase  detail`. Never moves a cursor. All text
 * from agents and repositories is escaped.
 *
 * @example
 * ```ts
 * const renderer = createPlainRenderer({ color: false })
 * for await (const event of run.events) for (const line of renderer.push(event)) console.log(line)
 * ```
 */
export function createPlainRenderer(options: PlainOptions): PlainRenderer {
  const paint = paintWith(options.color)
  const level = options.level ?? 'normal'
  const layout = createLayout(paint, options.columns)
  const memory = createRunMemory()
  const sections = createSections(paint, memory.nodeOf)
  const gates = createGateLines(layout, paint, level === 'verbose')

  return {
    push(event) {
      memory.push(event)
      const lead = [...gates.before(event), ...sections.before(event)]
      const turns = level === 'verbose' && event.type === 'turn_completed' ? turnLines(event) : []
      const facts = [
        ...turns.map((line) => ('step' in event ? layout.free(event.step ?? '', line) : line)),
        ...factLines({ layout, memory }, event),
      ]
      const rest = [...gates.at(event), ...sections.after(event)]
      const end = event.type === 'run_completed' ? finalBlock(event, endingOf(event, memory), paint) : []
      if (level !== 'quiet') return [...lead, ...facts, ...rest, ...end]
      return isLoud(event) ? [...facts, ...end] : end
    },
  }
}

function endingOf(event: EventOf<'run_completed'>, memory: RunMemory): RunEnding {
  return {
    turns: memory.turns(),
    attempt: event.step === undefined ? null : memory.attemptOf(event.step),
    exceeded: memory.exceeded(),
  }
}

/** What even a quiet display says: failures, and what a person has to know or do. */
function isLoud(event: LedgerEvent): boolean {
  switch (event.type) {
    case 'warning':
    case 'agent_parked':
    case 'hitl_paused':
    case 'budget_exceeded':
    case 'circuit_breaker':
      return true
    case 'step_completed':
      return event.status === 'fatal'
    default:
      return false
  }
}
