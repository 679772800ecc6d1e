// Tries one attack in one mode, in a process of its own that is the user: `scripts/test-attack.mjs` starts it.
import { parseArgs } from 'node:util'

import { loadAttack } from './attacks.mjs'
import { createWorld } from './world.mjs'

const { values } = parseArgs({
  options: {
    attack: { type: 'string' },
    folder: { type: 'string' },
    mode: { type: 'string' },
    user: { type: 'string' },
  },
})
const attack = await loadAttack(values.attack)
const world = createWorld(values)
try {
  const outcome = await attack.run(world)
  process.stdout.write(`${JSON.stringify(typeof outcome === 'string' ? { skipped: outcome } : outcome)}\n`)
} catch (error) {
  process.stdout.write(`${JSON.stringify({ broken: error.stack ?? String(error) })}\n`)
} finally {
  world.close()
}
process.exit(0)
