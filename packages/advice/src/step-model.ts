import { alikeness } from './alikeness.js'
import { type AmountBelief, drawAmount, learnAmount, logOf, unknownAmount } from './amounts.js'
import type { Case, Cases } from './cases.js'
import { cellKey } from './cell-key.js'
import { type LikelyHalfLife, likelyHalfLives, weightOf } from './forgetting.js'
import { type Prior, priorFor, withPrior } from './prior.js'
import { beta, seededRandom, seedOf } from './random.js'
import { type Belief, learn, rateOf, rootBelief } from './rates.js'
import { groupBy, type Observation, tallyOf } from './tally.js'

/** How many possible truths are drawn for each figure. */
export const drawCount = 1000

/** One agent after one set of failures, at one step: what was seen, and what is believed. */
export interface Cell {
  /** Agents whose tries had failed, sorted. */
  readonly failed: readonly string[]
  readonly agent: string
  readonly seen: number
  readonly passed: number
  /** Ids of the runs that it was seen in, oldest first. */
  readonly runs: readonly string[]
  /** What is believed of its rate, for each pace of change that is likely. */
  readonly rates: readonly { readonly belief: Belief; readonly share: number }[]
  /** null: no price is known. */
  readonly microUsd: AmountBelief | null
  readonly durationMs: AmountBelief | null
  /** What public data says about the agent's model; null: nothing. */
  readonly prior: Prior | null
}

/** Possible truths about one cell, all drawn independently of each other. */
export interface CellDraws {
  readonly passes: Float64Array
  readonly microUsd: Float64Array | null
  readonly durationMs: Float64Array | null
}

/** Everything that is believed about the agents at one step. */
export interface StepModel {
  readonly workflow: string
  readonly step: string
  readonly kind: string | null
  /** How alike tries of one run are. */
  readonly correlation: number
  /** Agents seen in the workflow, in the order in which they were first seen. */
  readonly agents: readonly string[]
  /** How fast each of them is likely to change. */
  readonly halfLives: ReadonlyMap<string, readonly LikelyHalfLife[]>
  /** Cells that were seen at this step, whatever the kind of the task. */
  readonly cells: ReadonlyMap<string, Cell>
  /** The same for cells that were never seen: all of it is borrowed. */
  readonly cell: (failed: readonly string[], agent: string) => Cell
  readonly draws: (cell: Cell) => CellDraws
}

/** The step whose agents are to be judged. */
export interface StepChoice {
  readonly workflow: string
  readonly step: string
  /** Only tasks of this kind; what is known of the others is borrowed from. */
  readonly kind?: string | null
}

/** Builds the model of one step from the cases of all runs. */
export function stepModel(all: Cases, choice: StepChoice, priors: readonly Prior[] = []): StepModel {
  const { workflow, step } = choice
  const kind = choice.kind ?? null
  const inWorkflow = all.cases.filter((one) => one.workflow === workflow)
  const here = inWorkflow.filter((one) => one.step === step)
  const cellsHere = groupBy(here, ({ cell }) => cell)
  const groups = [...cellsHere.values()]
  const agents = all.agents.filter((agent) => inWorkflow.some((one) => one.agent === agent))
  const halfLives = new Map(
    agents.map((agent) => [agent, likelyHalfLives(inWorkflow.filter((one) => one.agent === agent))]),
  )
  const newest = all.runs.length - 1
  const observe = (cases: readonly Case[], value: (one: Case) => number, halfLife: number): Observation[] =>
    cases.map((one) => ({
      run: one.run,
      weight: weightOf(one.order, newest, halfLife),
      value: value(one),
    }))
  const passed = (one: Case): number => (one.passed ? 1 : 0)
  const correlation = alikeness(groups.map((cases) => observe(cases, passed, Number.POSITIVE_INFINITY)))

  const rates = (failed: readonly string[], agent: string, prior: Prior | null): Cell['rates'] => {
    const key = cellKey(failed, agent)
    const own = cellsHere.get(key) ?? []
    const alikeDepth = (one: Case): boolean => one.failed.length === failed.length
    const others = here.filter((one) => one.agent !== agent && alikeDepth(one))
    const levels = [
      all.cases.filter(
        (one) => one.agent === agent && alikeDepth(one) && !(one.workflow === workflow && one.cell === key),
      ),
      inWorkflow.filter((one) => one.step !== step && one.cell === key),
      ...(kind === null
        ? [own]
        : [own.filter((one) => one.kind !== kind), own.filter((one) => one.kind === kind)]),
    ]
    return (halfLives.get(agent) ?? likelyHalfLives([])).map(({ halfLife, share }) => {
      const seeing = (wider: Belief, cases: readonly Case[]): Belief =>
        learn(wider, tallyOf(observe(cases, passed, halfLife)), correlation)
      const alone = seeing(rootBelief(failed.length), others)
      return { share, belief: levels.reduce(seeing, prior === null ? alone : withPrior(alone, prior)) }
    })
  }

  const alikeAmounts = (of: (one: Case) => number | null): number =>
    alikeness(
      groups
        .map((cases) => cases.filter((one) => of(one) !== null))
        .filter(({ length }) => length > 0)
        .map((cases) => observe(cases, (one) => logOf(of(one) ?? 0), Number.POSITIVE_INFINITY)),
    )
  const amountsOf = (of: (one: Case) => number | null) => {
    const alike = alikeAmounts(of)
    return (failed: readonly string[], agent: string): AmountBelief | null => {
      const key = cellKey(failed, agent)
      const known = (cases: readonly Case[]): Case[] => cases.filter((one) => of(one) !== null)
      const own = cellsHere.get(key) ?? []
      const levels = [
        inWorkflow.filter((one) => one.agent === agent && one.step !== step),
        here.filter((one) => one.agent === agent && one.cell !== key),
        own,
      ].map(known)
      // What has no price in its own place has none that could be borrowed.
      if (levels.every(({ length }) => length === 0) || known(own).length < own.length) return null
      const halfLife = likeliest(halfLives.get(agent) ?? [])
      return levels.reduce(
        (wider, cases) =>
          learnAmount(
            wider,
            tallyOf(observe(cases, (one) => logOf(of(one) ?? 0), halfLife)),
            tallyOf(observe(cases, (one) => of(one) ?? 0, halfLife)),
            alike,
          ),
        unknownAmount,
      )
    }
  }
  const microUsd = amountsOf((one) => one.microUsd)
  const durationMs = amountsOf((one) => one.durationMs)

  const cell = (failed: readonly string[], agent: string): Cell => {
    const own = cellsHere.get(cellKey(failed, agent)) ?? []
    const prior = priorFor(priors, failed, agent)
    return {
      failed: failed.toSorted(),
      agent,
      seen: own.length,
      passed: own.filter((one) => one.passed).length,
      runs: [...new Set(own.map(({ run }) => run))],
      rates: rates(failed, agent, prior),
      microUsd: microUsd(failed, agent),
      durationMs: durationMs(failed, agent),
      prior,
    }
  }
  const cells = new Map(
    [...cellsHere].flatMap(([key, [first]]) =>
      first === undefined ? [] : [[key, cell(first.failed, first.agent)] as const],
    ),
  )
  const drawn = new Map<string, CellDraws>()
  // Seeds depend on the order in which agents were seen, not on their names.
  const number = (agent: string): number => all.agents.indexOf(agent)
  return {
    workflow,
    step,
    kind,
    correlation,
    agents,
    halfLives,
    cells,
    cell: (failed, agent) => cells.get(cellKey(failed, agent)) ?? cell(failed, agent),
    draws: (of) => {
      const key = cellKey(of.failed, of.agent)
      const before = drawn.get(key)
      if (before !== undefined) return before
      const seed = seedOf([number(of.agent), ...of.failed.map(number).toSorted((a, b) => a - b)])
      const draws = drawsOf(of, seed)
      drawn.set(key, draws)
      return draws
    },
  }
}

/** The expected rate of a cell. */
export function meanRate({ rates }: Cell): number {
  return rates.reduce((sum, { belief, share }) => sum + share * rateOf(belief), 0)
}

function likeliest(halfLives: readonly LikelyHalfLife[]): number {
  const [first, ...others] = halfLives
  if (first === undefined) return Number.POSITIVE_INFINITY
  return others.reduce((best, one) => (one.share > best.share ? one : best), first).halfLife
}

function drawsOf({ rates, microUsd, durationMs }: Cell, seed: number): CellDraws {
  return {
    passes: rateDraws(rates, seedOf([seed, 0])),
    microUsd: amountDraws(microUsd, seedOf([seed, 1])),
    // Many are never looked at.
    get durationMs() {
      return amountDraws(durationMs, seedOf([seed, 2]))
    },
  }
}

function rateDraws(rates: Cell['rates'], seed: number): Float64Array {
  const random = seededRandom(seed)
  return Float64Array.from({ length: drawCount }, () => {
    let left = random()
    const picked = rates.find(({ share }) => (left -= share) < 0) ?? rates[0]
    return picked === undefined ? 0.5 : beta(picked.belief.passes, picked.belief.failures, random)
  })
}

function amountDraws(belief: AmountBelief | null, seed: number): Float64Array | null {
  if (belief === null) return null
  const random = seededRandom(seed)
  return Float64Array.from({ length: drawCount }, () => drawAmount(belief, random))
}
