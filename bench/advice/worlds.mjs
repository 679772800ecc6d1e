// Made-up worlds whose truth is known: what agents can do, how hard tasks are, what tries cost.
import { normal } from './random.mjs'

const agents = ['a', 'b', 'c']
/** The ladder of the workflow, and what people try beside it. */
const inUse = ['a', 'b', 'c']
const others = [['a', 'a', 'b'], ['b', 'c'], ['c'], ['a', 'c'], ['b', 'b', 'c']]
const logistic = (x) => 1 / (1 + Math.exp(-x))

/** Grid for integrals over a standard normal: 61 points from -4 to 4. */
const grid = Array.from({ length: 61 }, (_, n) => -4 + (8 * n) / 60)
const mass = grid.map((z) => Math.exp((-z * z) / 2))
const total = mass.reduce((sum, m) => sum + m, 0)

/**
 * - `spread`: how different tasks are in difficulty;
 * - `alike`: the share of it that all tasks of a run have in common;
 * - `drift`: by how much the first agent gets better or worse, at the middle of the history or bit by bit;
 * - `rubberStamp`: how much of what is wrong the validators let pass.
 */
export const worldKinds = {
  independent: { spread: 0, alike: 0, rubberStamp: 0 },
  'correlated tries': { spread: 1.5, alike: 0, rubberStamp: 0 },
  'correlated tries, runs alike': { spread: 1.5, alike: 0.5, rubberStamp: 0 },
  'rubber-stamp validators': { spread: 1.5, alike: 0.2, rubberStamp: 0.6 },
  'sudden drift': { spread: 1, alike: 0.2, rubberStamp: 0, drift: 'sudden' },
  'slow drift': { spread: 1, alike: 0.2, rubberStamp: 0, drift: 'slow' },
}

/** One world of a kind. */
export function makeWorld(kind, random) {
  const { spread, alike, rubberStamp, drift } = worldKinds[kind]
  const skill = {}
  const usd = {}
  const ms = {}
  for (const [n, agent] of agents.entries()) {
    skill[agent] = normal(random) * 0.8 + n * 0.5
    usd[agent] = Math.exp(normal(random) * 0.4) * 0.1 * 4 ** n
    ms[agent] = Math.exp(normal(random) * 0.4) * 120_000 * 1.5 ** n
  }
  const shift = drift === undefined ? 0 : (random() < 0.5 ? -1 : 1) * (0.5 + random())
  /** @param when - place in the history, from 0 to 1 */
  const skillAt = (agent, when) => {
    if (agent !== 'a' || drift === undefined) return skill[agent]
    return skill[agent] + shift * (drift === 'sudden' ? (when < 0.5 ? 0 : 1) : when)
  }
  const passes = (agent, difficulty, when) => {
    const right = logistic(skillAt(agent, when) - spread * difficulty)
    return right + (1 - right) * rubberStamp
  }
  /** Hard tasks cost more. */
  const meanOf = (base, difficulty) => base * Math.exp(0.15 * spread * difficulty)
  const amount = (base, difficulty) => meanOf(base, difficulty) * Math.exp(0.6 * normal(random) - 0.18)

  const integral = (value) => grid.reduce((sum, z, n) => sum + mass[n] * value(z), 0) / total
  const reach = (failed, z) => failed.reduce((share, agent) => share * (1 - passes(agent, z, 1)), 1)
  /** What the cell of an agent after these failures really is, now. */
  const truth = (failed, agent) => {
    const reached = integral((z) => reach(failed, z))
    return {
      rate: integral((z) => reach(failed, z) * passes(agent, z, 1)) / reached,
      microUsd: (integral((z) => reach(failed, z) * meanOf(usd[agent], z)) / reached) * 1e6,
      durationMs: integral((z) => reach(failed, z) * meanOf(ms[agent], z)) / reached,
    }
  }
  const truthOf = (ladder) => {
    let reached = 1
    let microUsd = 0
    let durationMs = 0
    for (const [n, agent] of ladder.entries()) {
      const cell = truth(ladder.slice(0, n), agent)
      microUsd += reached * cell.microUsd
      durationMs += reached * cell.durationMs
      reached *= 1 - cell.rate
    }
    return { passes: 1 - reached, microUsd, durationMs }
  }

  const runOf = (order, count, { explore = 0.3 } = {}) => {
    const when = count <= 1 ? 1 : order / (count - 1)
    const common = normal(random)
    const tasks = 1 + Math.floor(random() * 6)
    const chains = Array.from({ length: tasks }, () => {
      const difficulty = Math.sqrt(alike) * common + Math.sqrt(1 - alike) * normal(random)
      const ladder = random() < explore ? others[Math.floor(random() * others.length)] : inUse
      const tries = []
      for (const agent of ladder) {
        const passed = random() < passes(agent, difficulty, when)
        tries.push({
          agent,
          model: null,
          passed,
          recalled: false,
          microUsd: amount(usd[agent], difficulty) * 1e6,
          durationMs: amount(ms[agent], difficulty),
        })
        if (passed) break
      }
      return { step: 'each/*/impl', kind: null, tries, gaveUp: true }
    })
    return recordOf(order, chains, amount(0.2, common) * 1e6)
  }
  return { truth, truthOf, runOf, inUse, others }
}

function recordOf(order, chains, splitMicroUsd) {
  const all = chains.flatMap(({ tries }) => tries)
  const microUsd = all.reduce((sum, one) => sum + one.microUsd, 0)
  const durationMs = all.reduce((sum, one) => sum + one.durationMs, 0)
  return {
    id: String(order).padStart(6, '0'),
    alias: String(order),
    workflow: 'w',
    at: order,
    status: chains.every(({ tries }) => tries.at(-1).passed) ? 'passed' : 'failed',
    replay: false,
    microUsd: microUsd + splitMicroUsd,
    durationMs: durationMs + 30_000,
    tasks: chains.length,
    inTasks: { microUsd, durationMs },
    began: {},
    chains,
  }
}

/** The ladder that is really best. */
export function bestLadder(world, net) {
  const ladders = new Set()
  for (const ladder of [inUse, ...others]) {
    for (let n = 1; n <= ladder.length; n += 1) ladders.add(JSON.stringify(ladder.slice(0, n)))
  }
  let best = { ladder: [], net: -Infinity }
  for (const text of ladders) {
    const ladder = JSON.parse(text)
    const brings = net(world.truthOf(ladder))
    if (brings > best.net) best = { ladder, net: brings }
  }
  return best
}
