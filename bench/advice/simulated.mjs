// Advice in worlds whose truth is known: how often intervals hold it, and what is lost by following the advice.
import { advise } from '../../packages/advice/dist/index.js'
import { streamOf } from './random.mjs'
import { Shares } from './shares.mjs'
import { bestLadder, makeWorld, worldKinds } from './worlds.mjs'

const worth = { valueUsd: 5, hourUsd: 6 }
const netOf = ({ passes, microUsd, durationMs }) =>
  worth.valueUsd * passes - microUsd / 1e6 - (worth.hourUsd * durationMs) / 3_600_000

const holds = ({ low, high }, truth) => low <= truth && truth <= high

/** Coverage of every interval that is shown, regret, and what was not answered, by world and number of runs. */
export function measureSimulated({
  sizes = [3, 10, 20, 50, 100, 300],
  repeats = 60,
  kinds = Object.keys(worldKinds),
} = {}) {
  const rows = []
  for (const [k, kind] of kinds.entries()) {
    for (const size of sizes) {
      const shares = new Shares()
      const sums = { inUse: 0, advice: 0, best: 0 }
      let silent = 0
      let changed = 0
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const random = streamOf(1 + k * 100_003 + size * 1009 + repeat)
        const world = makeWorld(kind, random)
        const records = Array.from({ length: size }, (_, n) => world.runOf(n, size))
        const advice = advise(records, { workflow: 'w', step: 'each/*/impl', worth, inUse: world.inUse })
        check(shares, world, advice)
        const inUse = netOf(world.truthOf(world.inUse))
        sums.inUse += inUse
        sums.advice += advice.recommended === null ? inUse : netOf(world.truthOf(advice.recommended.ladder))
        sums.best += bestLadder(world, netOf).net
        if (advice.verdict === 'not_enough_data') silent += 1
        if (advice.verdict === 'change') changed += 1
      }
      rows.push({
        kind,
        size,
        shares,
        inUse: sums.inUse / repeats,
        advice: sums.advice / repeats,
        best: sums.best / repeats,
        silent: silent / repeats,
        changed: changed / repeats,
      })
    }
  }
  return rows
}

function check(shares, world, advice) {
  for (const cell of advice.cells) {
    const truth = world.truth(cell.failed, cell.agent)
    shares.add('rate', holds(cell.rate, truth.rate))
    shares.add('cost', holds(cell.microUsd, truth.microUsd))
    shares.add('time', holds(cell.durationMs, truth.durationMs))
  }
  // Figures of the ladders are not shown before there is enough data.
  if (advice.verdict === 'not_enough_data') return
  for (const [name, figures] of [
    ['in use', advice.inUse],
    ['recommended', advice.recommended],
  ]) {
    if (figures === null) continue
    const truth = world.truthOf(figures.ladder)
    shares.add(`${name}: passes`, holds(figures.passes, truth.passes))
    shares.add(`${name}: cost`, holds(figures.microUsd, truth.microUsd))
    shares.add(`${name}: time`, holds(figures.durationMs, truth.durationMs))
  }
  const { difference, recommended, inUse } = advice
  if (difference === null) return
  const [to, from] = [world.truthOf(recommended.ladder), world.truthOf(inUse.ladder)]
  shares.add('difference: passes', holds(difference.passes, to.passes - from.passes))
  shares.add('difference: cost', holds(difference.microUsd, to.microUsd - from.microUsd))
  shares.add('difference: time', holds(difference.durationMs, to.durationMs - from.durationMs))
  shares.add('difference: net', holds(difference.netUsd, netOf(to) - netOf(from)))
}
