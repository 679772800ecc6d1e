import { writeSync } from 'node:fs'
import { openLedger } from '../../src/index.js'

// Appends until it is killed, and says how far it is certain to have come.
const [dir = '', mode = 'create'] = process.argv.slice(2)
const ledger = openLedger({ dir, runId: 'crash', clock: Date, mode: mode === 'append' ? 'append' : 'create' })
for (;;) {
  const events = ledger.append([
    { type: 'timer_fired', timer: 'a' },
    { type: 'warning', message: 'grüße 🍿 '.repeat(40) },
  ])
  // Blocks while nobody reads, so what was said is never ahead of a pipe that is full.
  writeSync(1, `${events.at(-1)?.seq}\n`)
}
