// One case with one program, inside a namespace of its own; the last line of stdout is the verdict.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { createPriceLookup } from '../../packages/agents/dist/index.js'
import { root } from '../../scripts/toolchain/root.mjs'
import { cases } from './cases/case.mjs'
import { expectFigures, figuresOf, madeUpPrices } from './figures.mjs'
import { programs } from './programs/program.mjs'
import { createWorld } from './world.mjs'

const { values } = parseArgs({
  options: {
    program: { type: 'string' },
    case: { type: 'string' },
    path: { type: 'string' },
    sandbox: { type: 'string' },
  },
})
const program = programs.find(({ name }) => name === values.program)
const chosen = cases.find(({ name }) => name === values.case)
// Not among the temporary files: a strict sandbox leaves those writable, and the home folder has to be protected.
const parent = join(root, '.cache', 'agents', 'cases')
mkdirSync(parent, { recursive: true })
const folder = mkdtempSync(join(parent, `${program.name}-${chosen.name}-`))
const world = createWorld({ folder, program, path: values.path.split(':'), sandbox: values.sandbox })

let verdict = { passed: true }
try {
  await chosen.play(world)
  await world.model.stop()
  const figures = figuresOf(world.model.sent(), world.events(), createPriceLookup(madeUpPrices))
  verdict = { passed: true, figures }
  expectFigures(figures)
} catch (error) {
  verdict = { ...verdict, passed: false, problem: error.message, folder }
}
await world.model.stop()
if (verdict.passed) rmSync(folder, { recursive: true, force: true })
process.stdout.write(`${JSON.stringify(verdict)}\n`)
process.exit(verdict.passed ? 0 : 1)
