// Forecasts of whole runs in worlds whose truth is known: how many further runs stay below P50 and P90.
import { forecast } from '../../packages/advice/dist/index.js'
import { streamOf } from './random.mjs'
import { Shares } from './shares.mjs'
import { makeWorld, worldKinds } from './worlds.mjs'

/** Of all held-out runs, the share below what was foretold; before the number of tasks is known, and after. */
export function measureForecasts({
  sizes = [9, 20, 50, 100, 300],
  repeats = 60,
  held = 5,
  kinds = Object.keys(worldKinds),
} = {}) {
  return kinds.flatMap((kind, k) =>
    sizes.map((size) => {
      const shares = new Shares()
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const random = streamOf(7 + k * 100_003 + size * 1009 + repeat)
        const world = makeWorld(kind, random)
        const runs = Array.from({ length: size + held }, (_, n) => world.runOf(n, size + held))
        const history = runs.slice(0, size)
        for (const next of runs.slice(size)) {
          for (const [name, tasks] of [
            ['before', null],
            ['after', next.tasks],
          ]) {
            const { microUsd, durationMs } = forecast(history, { workflow: 'w', steps: [], tasks })
            shares.add(`${name}: too few`, microUsd === null)
            if (microUsd === null || durationMs === null) continue
            shares.add(`${name}: cost P50`, next.microUsd <= microUsd.p50)
            shares.add(`${name}: cost P90`, next.microUsd <= microUsd.p90)
            shares.add(`${name}: time P50`, next.durationMs <= durationMs.p50)
            shares.add(`${name}: time P90`, next.durationMs <= durationMs.p90)
          }
        }
      }
      return { kind, size, shares }
    }),
  )
}
