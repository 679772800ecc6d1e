import { GumpError } from '@gump/errors'
import type { AgentEvent } from '@gump/agents'
import { isActivity } from './activity.js'
import { createOpenTools } from './open-tools.js'
import type {
  Guard,
  GuardDefinition,
  GuardObservation,
  GuardScope,
  GuardTrip,
  GuardValue,
} from './contract.js'
import { isGuardValue } from './guard-value.js'

/** What the caller knows when it asks; the panel adds how long nothing was heard. */
export type GuardTotals = Omit<GuardObservation, 'idleMs' | 'toolMs'>

/** A guard as a step sets it. */
export interface GuardSetting {
  readonly guard: string
  readonly value: GuardValue
}

/** All guards of one launch. It reads no clock: times come with the totals. After the first trip it stays silent. */
export interface GuardPanel {
  /** Takes an event, with the totals after it; returns the first guard that trips. */
  onEvent(event: AgentEvent, totals: GuardTotals): GuardTrip | null
  /** To be called when the deadline has come; harmless at any other time. */
  onTimer(totals: GuardTotals): GuardTrip | null
  /** When {@link onTimer} wants to be called next, in milliseconds after the launch; later after each activity. Null: never. */
  nextDeadline(): number | null
}

/**
 * Puts the guards of a step together for one launch: those that it sets, and those with a default value that it does not.
 *
 * @param settings - guards and values; a guard may be set more than once.
 * @throws GumpError `GUMP-W035` for a guard that is not among the definitions, `GUMP-W012` for a value of the wrong kind.
 *
 * @example
 * ```ts
 * const panel = createGuardPanel(builtinGuards, [{ guard: 'max_turns', value: 30 }], { worktree })
 * const trip = panel.onEvent(event, { elapsedMs, turns, tokens, costUsd })
 * if (trip !== null) kill(trip.reason)
 * ```
 */
export function createGuardPanel(
  definitions: readonly GuardDefinition[],
  settings: readonly GuardSetting[],
  scope: GuardScope,
): GuardPanel {
  const guards = inForce(definitions, settings).map(({ definition, value }) => ({
    name: definition.name,
    guard: createSafely(() => definition.create(value, scope)),
  }))
  const tools = createOpenTools()
  let lastActivityMs = 0
  let tripped = false

  const first = (
    totals: GuardTotals,
    ask: (guard: Guard, seen: GuardObservation) => GuardTrip | null,
  ): GuardTrip | null => {
    if (tripped) return null
    const silentMs = Math.max(0, totals.elapsedMs - lastActivityMs)
    const seen = {
      ...totals,
      idleMs: tools.running ? 0 : silentMs,
      toolMs: tools.running ? silentMs : 0,
    }
    for (const { name, guard } of guards) {
      const trip = askSafely(name, () => ask(guard, seen))
      if (trip === null) continue
      tripped = true
      return trip
    }
    return null
  }

  return {
    onEvent(event, totals) {
      tools.take(event)
      if (isActivity(event)) lastActivityMs = Math.max(lastActivityMs, totals.elapsedMs)
      return first(totals, (guard, seen) => guard.onEvent(event, seen))
    },
    onTimer: (totals) => first(totals, (guard, seen) => guard.onTimer?.(seen) ?? null),
    nextDeadline() {
      const deadlines = guards.flatMap(({ guard }) => (guard.deadline === undefined ? [] : [guard.deadline]))
      const dropped = tools.running ? 'activity' : 'tool'
      const due = deadlines.filter(({ from }) => from !== dropped)
      if (tripped || due.length === 0) return null
      return Math.min(...due.map(({ from, ms }) => (from === 'launch' ? ms : lastActivityMs + ms)))
    },
  }
}

function inForce(
  definitions: readonly GuardDefinition[],
  settings: readonly GuardSetting[],
): readonly { readonly definition: GuardDefinition; readonly value: GuardValue }[] {
  for (const { guard } of settings) {
    if (definitions.some((definition) => definition.name === guard)) continue
    throw new GumpError('GUMP-W035', `there is no guard "${guard}"`, {
      data: { guard },
      remedy: `use one of ${definitions.map((definition) => definition.name).join(', ')}`,
    })
  }
  return definitions.flatMap((definition) => {
    const values = settings.filter(({ guard }) => guard === definition.name).map(({ value }) => value)
    if (values.length === 0 && definition.defaultValue !== undefined) values.push(definition.defaultValue)
    return values.map((value) => {
      if (isGuardValue(definition.value, value)) return { definition, value }
      throw new GumpError('GUMP-W012', `${definition.name} cannot be ${JSON.stringify(value)}`, {
        data: { guard: definition.name, value, kind: definition.value },
        remedy: 'give it a value of its kind',
      })
    })
  })
}

/** A guard that cannot be made fails when it is asked first. */
function createSafely(create: () => unknown): Guard {
  try {
    const guard = create()
    if (typeof guard === 'object' && guard !== null && 'onEvent' in guard) return guard as Guard
    throw new TypeError('create returned no guard')
  } catch (error) {
    return {
      onEvent: () => {
        throw error
      },
    }
  }
}

/** A guard that fails protects nothing any more, so its failure counts as a trip. One that answers nothing has not tripped. */
function askSafely(guard: string, ask: () => unknown): GuardTrip | null {
  try {
    const answer = ask() ?? null
    if (answer === null || isTrip(answer)) return answer
    throw new TypeError('what it answered is no trip')
  } catch (error) {
    const observed = error instanceof Error ? error.message : String(error)
    return { guard, reason: `the guard itself failed: ${observed}`, limit: 'a guard that works', observed }
  }
}

function isTrip(answer: unknown): answer is GuardTrip {
  if (typeof answer !== 'object' || answer === null) return false
  const members = answer as Readonly<Record<string, unknown>>
  return ['guard', 'reason', 'limit', 'observed'].every((name) => typeof members[name] === 'string')
}
