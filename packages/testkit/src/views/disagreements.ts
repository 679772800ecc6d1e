import { fieldsOf } from '@gump/core'
import {
  allAttempts,
  indexEntry,
  initialState,
  type Node,
  ownedMs,
  reduce,
  type RunState,
  runStatus,
  runUsage,
  walkNodes,
} from '@gump/history'
import type { LedgerEvent } from '@gump/ledger'
import { createLiveModel, type RunReport, stats, type StepReport, summarise, toSpans } from '@gump/report'

/**
 * Looks at a ledger with every view of it (state, state bag, report, live display, statistics, spans, index) and compares their tokens,
 * money, times, statuses and names. Empty when they agree.
 */
export function disagreements(events: readonly LedgerEvent[]): readonly string[] {
  const run = events.reduce(reduce, initialState)
  const report = summarise(events)
  return [
    ...moneyAndTokens(run, report),
    ...timesAndStatuses(run, report),
    ...steps(run, report),
    ...live(events, run, report),
    ...spans(events, report),
  ]
}

type Fact = readonly [name: string, left: unknown, right: unknown]

function unequal(facts: readonly Fact[]): readonly string[] {
  return facts.flatMap(([name, left, right]) => {
    const [a, b] = [JSON.stringify(left), JSON.stringify(right)]
    return a === b ? [] : [`${name}: ${a} is not ${b}`]
  })
}

function moneyAndTokens(run: RunState, report: RunReport): readonly string[] {
  const usage = runUsage(run)
  const { cost, tokens, turns } = report
  const launches = report.steps.flatMap((step) => step.attempts).flatMap((attempt) => attempt.launches)
  const replayed = report.steps.some((step) => step.attempts.some((attempt) => attempt.replayed))
  const total = (value: (step: StepReport) => number): number =>
    report.steps.reduce((sum, step) => sum + value(step), 0)
  return unequal([
    ['money of state and report', Math.round(usage.cost_usd * 1e6), cost.microUsd],
    ['missing prices of state and report', run.spent.sources.unpriced > 0, cost.unpriced],
    ['money of report and steps', cost.microUsd, total((step) => step.cost.microUsd)],
    ['estimates of report and steps', cost.estimatedMicroUsd, total((step) => step.cost.estimatedMicroUsd)],
    ...(replayed
      ? []
      : [
          [
            'money of report and launches',
            cost.microUsd,
            launches.reduce((sum, launch) => sum + launch.cost.microUsd, 0),
          ] as const,
        ]),
    ['tokens of state and report', Object.values(usage.tokens), Object.values(tokens).slice(0, 4)],
    ['tokens of report and steps', tokens.input, total((step) => step.tokens.input)],
    ['unknown tokens of report and steps', tokens.unknown, report.steps.some((step) => step.tokens.unknown)],
    ['turns of report and steps', turns.known, total((step) => step.turns.known)],
    ['unknown turns of report and steps', turns.unknown, report.steps.some((step) => step.turns.unknown)],
    ['money of report and statistics', cost, stats([report]).cost],
  ])
}

function timesAndStatuses(run: RunState, report: RunReport): readonly string[] {
  const entry = indexEntry(run)
  const ended =
    run.ended === null ? [] : ([['status of state and report', run.ended.status, report.status]] as const)
  const indexed: readonly Fact[] =
    entry === null
      ? []
      : [
          ['status of index and report', entry.status, report.status],
          ['time of index and report', entry.duration_ms, report.durationMs],
          ['end of index and report', Date.parse(entry.ended_at), report.endedAt],
          ['turns of index and report', entry.turns, report.turns.known],
          ['name of index and report', entry.alias, report.alias],
        ]
  return unequal([
    ['time of state and report', run.ended?.duration_ms ?? ownedMs(run.time), report.durationMs],
    ['status of view and report', runStatus(run, 'none'), report.status],
    ...ended,
    ...indexed,
  ])
}

/** The nodes that something was tried at, by path. */
function entered(run: RunState): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>()
  walkNodes(run.root, (node, path) => {
    if (allAttempts(node).length > 0) nodes.set(path.join('/'), node)
  })
  return nodes
}

function steps(run: RunState, report: RunReport): readonly string[] {
  const nodes = entered(run)
  const named = unequal([
    [
      'names of state and report',
      [...nodes.keys()].toSorted(),
      report.steps.map(({ path }) => path).toSorted(),
    ],
  ])
  return [...named, ...report.steps.flatMap((step) => stepFacts(step, nodes.get(step.path)))]
}

/** What the state bag says of a step holds for its last round, and so does the report where there was but one. */
function stepFacts(step: StepReport, node: Node | undefined): readonly string[] {
  if (node === undefined) return []
  const isPassed = node.completed?.status === 'pass'
  const isOpen = node.completed === null && node.attempts.length > 0
  const facts: Fact[] = [
    [`attempts at ${step.path}`, allAttempts(node).length, step.attempts.length],
    ...(node.completed === null
      ? []
      : [[`status of ${step.path}`, isPassed, step.status === 'pass'] as const]),
    ...(isOpen
      ? [[`end of ${step.path}`, false, step.status === 'pass' || step.status === 'fatal'] as const]
      : []),
  ]
  const bag = fieldsOf(node)
  const isWhole = node.past.length === 0 && !step.attempts.some((attempt) => attempt.replayed)
  if (!isWhole || !step.cost.any) return unequal(facts)
  const { tokens, turns, cost } = step
  const told = (value: number): string | undefined => (tokens.unknown ? undefined : String(value))
  return unequal([
    ...facts,
    [`tokens_in of ${step.path}`, bag['tokens_in'], told(tokens.input)],
    [`tokens_out of ${step.path}`, bag['tokens_out'], told(tokens.output)],
    [`cache_read of ${step.path}`, bag['cache_read'], told(tokens.cacheRead)],
    [`cache_write of ${step.path}`, bag['cache_write'], told(tokens.cacheWrite)],
    [`turns of ${step.path}`, bag['turns'], turns.unknown ? undefined : String(turns.known)],
    [`cost of ${step.path}`, bag['cost'], cost.unpriced ? undefined : String(cost.microUsd / 1e6)],
    [`attempt of ${step.path}`, bag['attempt'], String(step.attempts.at(-1)?.attempt)],
  ])
}

function live(events: readonly LedgerEvent[], run: RunState, report: RunReport): readonly string[] {
  const model = createLiveModel()
  for (const event of events) model.push(event)
  const state = model.state()
  const passed = [...entered(run)].filter(
    ([path, node]) =>
      !path.includes('.') &&
      ['agent', 'gate'].includes(allAttempts(node).at(-1)?.kind ?? '') &&
      node.completed?.status === 'pass',
  )
  return unequal([
    ['money of display and report', state.cost, report.cost],
    ['limits of display and report', state.limits, report.limits],
    ['end of display and report', state.ended, report.endedAt !== null],
    ['start of display and report', state.startedAt, report.sessions.at(-1)?.startedAt ?? null],
    ['steps done of display and state', state.progress.done, passed.length],
  ])
}

function spans(events: readonly LedgerEvent[], report: RunReport): readonly string[] {
  const [root, ...others] = toSpans(events)
  if (root === undefined) return report.startedAt === null ? [] : ['a run without spans']
  const own = report.steps.filter((step) => !step.replayed)
  const named = others
    .filter(({ name }) => name.startsWith('step '))
    .map(({ name }) => name.slice('step '.length))
  return unequal([
    ['root of spans', root.parentSpanId, null],
    ['start of spans and report', root.startMs, report.startedAt],
    ['name of spans and report', root.attributes['gump.run.alias'], report.alias],
    ['status of spans and report', root.attributes['gump.run.status'], report.status],
    ['names of spans and report', named, own.map(({ path }) => path)],
  ])
}
