// `pnpm test:tools`: runs gates with real package managers, compilers and test runners, in small projects: a change that
// keeps the tests passing, one that breaks them, one that bends them, and one whose environment leads into the checkout.
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { install } from '../test/tools/install.mjs'
import { changes, projects } from '../test/tools/projects/index.mjs'
import { runCase } from '../test/tools/run-case.mjs'
import { exec } from './toolchain/exec.mjs'
import { prepare } from './toolchain/prepare.mjs'
import { root } from './toolchain/root.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: projects.map(({ name }) => name) },
    change: { type: 'string', multiple: true, default: changes },
    minutes: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    jobs: { type: 'string', default: '2' },
    cache: { type: 'string', default: join(root, '.cache', 'tools') },
    'no-build': { type: 'boolean', default: false },
  },
})

/** A sequence of numbers from 0 to 1 that a seed decides. */
function sequence(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function shuffled(list, random) {
  return list
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

const minutes = Number(values.minutes)
const random = sequence(Number(values.seed))
const unknown = values.only.find((name) => !projects.some((project) => project.name === name))
if (unknown !== undefined)
  throw new TypeError(`${unknown} is not known; there are ${projects.map(({ name }) => name).join(', ')}`)
if (!values['no-build']) await prepare()

const wanted = projects.filter(({ name }) => values.only.includes(name))
const all = wanted.flatMap((project) => values.change.map((change) => ({ project, change })))
const cases = minutes > 0 ? shuffled(all, random) : all
const started = performance.now()
const isTime = () => minutes === 0 || performance.now() - started < minutes * 60_000
if (minutes > 0) process.stdout.write(`A sample of ${minutes} minutes, seed ${values.seed}.\n`)

const installed = new Map()
const counts = { passed: 0, failed: 0, skipped: 0 }
const told = new Set()
const queue = [...cases]

async function work() {
  for (let next = queue.shift(); next !== undefined && isTime(); next = queue.shift()) {
    const { project, change } = next
    if (!installed.has(project.name)) installed.set(project.name, install(project, resolve(values.cache)))
    const tools = installed.get(project.name)
    if (tools.skip !== undefined || project[change] === null) {
      counts.skipped += 1
      const why = tools.skip ?? `there is nothing to try for "${change}"`
      if (!told.has(project.name + why)) process.stdout.write(`– ${project.name}: skipped: ${why}\n`)
      told.add(project.name + why)
      continue
    }
    const began = performance.now()
    const problem = await runCase({ project, change, ...tools, gump: join(root, 'apps/cli/bin/gump.js') })
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    counts[problem === null ? 'passed' : 'failed'] += 1
    process.stdout.write(`${problem === null ? '✓' : '✗'} ${project.name}, ${change}  ${seconds}s\n`)
    if (problem !== null) process.stdout.write(`${problem.replace(/^/gm, '    ')}\n`)
  }
}

await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, work))
// What the tools of a project see in its checkout after a run; named tools are about gates.
const folder = join(root, 'test/tools')
const looks = readdirSync(folder)
  .filter((name) => name.endsWith('.test.mjs'))
  .map((name) => join(folder, name))
const seen = values.only.length === projects.length ? await exec(process.execPath, ['--test', ...looks]) : 0
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
process.exitCode = counts.failed > 0 || seen !== 0 ? 1 : 0
