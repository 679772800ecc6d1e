import type { AgentEvent } from '@gump/agents'
import type {
  Guard,
  GuardDefinition,
  GuardObservation,
  GuardScope,
  GuardTrip,
  GuardValue,
} from '../contract.js'
import { isGuardValue } from '../guard-value.js'
import { absurdEvents, absurdObservations } from './absurd.js'

/** One check of the suite: `run` throws when the guard does not conform, and says why. */
export interface ConformanceCase {
  readonly name: string
  readonly run: () => void
}

/** One thing that happens in a launch: an event with the totals after it, or, without an event, a deadline. */
export interface GuardMoment {
  readonly event?: AgentEvent
  readonly seen?: Partial<GuardObservation>
}

/** What a guard must trip on and what it must not, with one value. */
export interface GuardFixture {
  readonly value: GuardValue
  /** Default: a worktree at `/work`. */
  readonly scope?: GuardScope
  /** Streams whose last moment must trip the guard, and none before it. */
  readonly trips: Readonly<Record<string, readonly GuardMoment[]>>
  /** Streams that must not trip it. */
  readonly passes: Readonly<Record<string, readonly GuardMoment[]>>
}

/**
 * The conformance suite of guards. It belongs to no test framework; each case is a name and a function.
 *
 * @example
 * ```ts
 * for (const { name, run } of guardConformance(noShell, {
 *   value: true,
 *   trips: { 'a command': [{ event: { type: 'tool_started', id: '1', tool: 'Bash', kind: 'shell', command: 'ls' } }] },
 *   passes: { 'a text': [{ event: { type: 'text', text: 'ls' } }] },
 * })) test(name, run)
 * ```
 */
export function guardConformance(
  definition: GuardDefinition,
  fixture: GuardFixture,
): readonly ConformanceCase[] {
  const create = (): Guard => definition.create(fixture.value, fixture.scope ?? { worktree: '/work' })
  return [
    { name: 'is well described', run: () => checkDescription(definition, fixture.value) },
    { name: 'asks for a deadline it can use', run: () => checkDeadline(create()) },
    { name: 'denies writes by paths of the worktree', run: () => checkWriteScope(definition, fixture.value) },
    { name: 'survives absurd events and totals', run: () => checkAbsurd(create) },
    { name: 'shares nothing between launches', run: () => checkIsolation(create, fixture) },
    ...Object.entries(fixture.trips).map(([name, moments]) => ({
      name: `trips on ${name}`,
      run: () => checkTrips(definition.name, create, moments),
    })),
    ...Object.entries(fixture.passes).map(([name, moments]) => ({
      name: `does not trip on ${name}`,
      run: () => checkPasses(create(), moments),
    })),
  ]
}

function checkDescription(definition: GuardDefinition, value: GuardValue): void {
  must(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(definition.name), `"${definition.name}" is no legal name`)
  must(/^\S.*[^\s.]$/.test(definition.summary), 'the summary is not one line without a full stop')
  must(isGuardValue(definition.value, value), `the fixture's value is no ${definition.value}`)
  const { defaultValue } = definition
  must(
    defaultValue === undefined || isGuardValue(definition.value, defaultValue),
    `the default value is no ${definition.value}`,
  )
}

function checkDeadline({ deadline, onTimer }: Guard): void {
  if (deadline === undefined) return
  must(Number.isFinite(deadline.ms) && deadline.ms > 0, 'the deadline is no positive number of milliseconds')
  must(onTimer !== undefined, 'there is a deadline but no onTimer')
}

function checkWriteScope(definition: GuardDefinition, value: GuardValue): void {
  for (const path of definition.writeScope?.(value)?.only ?? []) {
    must(!path.startsWith('/') && !path.split('/').includes('..'), `${path} is not below the worktree`)
    must(!/[*?[\]{}]/.test(path), `${path} is a pattern, a folder is wanted`)
  }
}

function checkAbsurd(create: () => Guard): void {
  const guard = create()
  for (const seen of absurdObservations) {
    for (const event of absurdEvents) checkShape(guard.onEvent(event, seen))
    checkShape(guard.onTimer?.(seen) ?? null)
  }
}

function checkIsolation(create: () => Guard, fixture: GuardFixture): void {
  const [used, fresh] = [create(), create()]
  for (const moments of Object.values(fixture.trips)) play(used, moments)
  for (const moments of Object.values(fixture.passes).slice(0, 1)) checkPasses(fresh, moments)
}

function checkTrips(name: string, create: () => Guard, moments: readonly GuardMoment[]): void {
  const trips = play(create(), moments)
  const early = trips.slice(0, -1).findIndex((trip) => trip !== null)
  must(early < 0, `tripped already at moment ${String(early + 1)}`)
  const trip = trips.at(-1) ?? null
  must(trip !== null, 'did not trip')
  must(trip?.guard === name, `the trip names ${String(trip?.guard)}`)
  must(
    JSON.stringify(play(create(), moments)) === JSON.stringify(trips),
    'the same stream gives another result',
  )
}

function checkPasses(guard: Guard, moments: readonly GuardMoment[]): void {
  const trip = play(guard, moments).find((candidate) => candidate !== null)
  must(trip === undefined, `tripped: ${String(trip?.reason)}`)
}

function play(guard: Guard, moments: readonly GuardMoment[]): readonly (GuardTrip | null)[] {
  return moments.map(({ event, seen }) => {
    const all = { elapsedMs: 0, turns: 0, tokens: 0, costUsd: null, idleMs: 0, toolMs: 0, ...seen }
    const trip = event === undefined ? (guard.onTimer?.(all) ?? null) : guard.onEvent(event, all)
    checkShape(trip)
    return trip
  })
}

function checkShape(trip: GuardTrip | null): void {
  if (trip === null) return
  for (const text of [trip.guard, trip.reason, trip.limit, trip.observed]) {
    must(typeof text === 'string' && text !== '', 'a trip needs guard, reason, limit and observed')
  }
}

function must(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
}
