// `pnpm test:crash`: kills runs of every built-in workflow at every fault point, resumes them, and compares what they
// come to with runs that nothing disturbed. Prints `N points, N recovered` and ends with `N passed, N failed`.
//   --only NAME   one scenario; the names are printed
//   --sample N    N points at random instead of all
//   --seed S      the random numbers of a run before
//   --point NAME  one fault point, such as 'git:stage:after' or its second time, 'git:stage:after#2'
//   --all         every point: also those at which nothing on the disk had changed since the point before, and more
//                 than two of the same name at the same kind of step
import { accessSync, constants, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

import { prepare } from './toolchain/prepare.mjs'
import { root } from './toolchain/root.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string' },
    point: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
})
/** Runs that die twice, and points of a parallel workflow at each containment level with agents as processes. */
const twice = 120
const perLevel = 15
/** Points of one name at one kind of step of a workflow, unless all are asked for. */
const repetitions = 2
const shownComplaints = values.point === undefined ? 16 : 200

function number(name, fallback) {
  const value = values[name]
  if (value === undefined) return fallback
  if (/^\d+$/u.test(value)) return Number(value)
  process.stderr.write(`--${name} takes a number, not ${JSON.stringify(value)}\n`)
  process.exit(2)
}

/** A file system in memory, where there is one: what a killed process has written is the same on any. */
function fastFolder() {
  try {
    accessSync('/dev/shm', constants.W_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}

const sample = number('sample', null)
const seed = number('seed', Date.now() % 1_000_000)
if (process.env.TESTS_USE_THIS_BUILD !== '1') await prepare()

const kit = join(root, 'packages/testkit')
const dist = join(kit, 'dist/crash')
const { containmentLevels, openCrashSuite, scenarios, seededRandom, slowScenario, thinPoints } = await import(
  pathToFileURL(join(dist, 'index.js')).href
)
const chosen = scenarios.filter(({ name }) => values.only === undefined || name === values.only)
if (chosen.length === 0) {
  process.stderr.write(
    `there is no scenario ${values.only}; there are ${scenarios.map(({ name }) => name).join(', ')}\n`,
  )
  process.exit(2)
}

const random = seededRandom(seed)
const started = performance.now()
const totals = { passed: 0, changed: 0, tried: 0, recovered: 0, orphans: 0, orphanMs: 0 }
// A copy, so that a build meanwhile does not change what is tested; inside the package, whose files it looks for.
mkdirSync(join(kit, '.cache'), { recursive: true })
const copy = mkdtempSync(join(kit, '.cache/crash-'))
const program = join(copy, 'child.mjs')
copyFileSync(join(dist, 'child.js'), program)
const suite = openCrashSuite({ program, folder: fastFolder() })

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    rmSync(copy, { recursive: true, force: true })
    void suite.close().then(() => process.exit(130))
  })
}

const isAsked = ({ name, nth }) => [name, `${name}#${nth}`].includes(values.point)
/** What is worth trying of the points that a run passes. */
function select(points) {
  if (values.point !== undefined) return points.filter(isAsked)
  return values.all ? points : thinPoints(points, repetitions)
}

function describe({ scenario, point, again, processes }) {
  const more = [again === undefined ? '' : `, and again at point ${again}`, processes ? `, ${processes}` : '']
  return `${scenario} at ${point.name}#${point.nth}${more.join('')}`
}

/** Tries all and prints a line about them. */
async function attempt(title, attempts, expected, note = '') {
  const begun = performance.now()
  let recovered = 0
  let died = 0
  await suite.run(attempts, expected, (recovery) => {
    if (recovery.died) died += 1
    totals.orphans += recovery.orphans
    totals.orphanMs = Math.max(totals.orphanMs, recovery.orphanMs)
    if (recovery.died && recovery.complaints.length === 0) {
      recovered += 1
      return
    }
    // A point that is not reached proves nothing; one that can not be reached again is as bad as a failure.
    const complaints =
      recovery.complaints.length > 0 ? recovery.complaints : ['the run did not get there again']
    const shown = complaints.slice(0, shownComplaints).map((line) => `    ${line.slice(0, 1000)}\n`)
    const more = complaints.length - shown.length
    process.stdout.write(
      `  not recovered: ${describe(recovery.attempt)}\n${shown.join('')}${more > 0 ? `    and ${more} more\n` : ''}`,
    )
  })
  totals.tried += attempts.length
  totals.recovered += recovered
  const seconds = ((performance.now() - begun) / 1000).toFixed(0)
  process.stdout.write(
    `${title.padEnd(24)} ${String(died).padStart(5)} points, ${String(recovered).padStart(5)} recovered ${seconds.padStart(5)} s${note}\n`,
  )
}

process.stdout.write(`seed ${seed}\n`)
try {
  const expectations = new Map()
  for (const { name } of chosen) expectations.set(name, await suite.enumerate(name))
  const expected = ({ scenario }) => expectations.get(scenario)
  const every = chosen.flatMap(({ name }) => {
    const { points } = expectations.get(name)
    totals.passed += points.length
    totals.changed += points.filter(({ unchanged }) => !unchanged).length
    return select(points).map((point) => ({ scenario: name, point }))
  })
  const tried = sample === null ? every : random.pick(every, sample)
  for (const { name } of chosen) {
    const attempts = tried.filter(({ scenario }) => scenario === name)
    const { points } = expectations.get(name)
    await attempt(name, attempts, expected, `   of ${points.length} that it passes`)
  }
  if (sample === null && values.point === undefined) {
    const again = random.pick(every, Math.min(twice, every.length)).map((first) => ({
      ...first,
      again: 1 + random.below(expectations.get(first.scenario).points.length),
    }))
    await attempt('killed twice', again, expected)
    if (values.only === undefined) await withProcesses()
  }
} finally {
  await suite.close()
  rmSync(copy, { recursive: true, force: true })
}

/** Agents as real processes, at every level at which this machine can hold them. */
async function withProcesses() {
  const { available, missing } = await containmentLevels()
  for (const processes of available) {
    const slow = await suite.enumerate(slowScenario.name, processes)
    const parallel = await suite.enumerate('parallel-tasks', processes)
    const attempts = [
      ...select(slow.points).map((point) => ({ scenario: slowScenario.name, point, processes })),
      ...random
        .pick(select(parallel.points), perLevel)
        .map((point) => ({ scenario: 'parallel-tasks', point, processes })),
    ]
    await attempt(`processes: ${processes}`, attempts, ({ scenario }) =>
      scenario === slowScenario.name ? slow : parallel,
    )
  }
  for (const { level, why } of missing)
    process.stdout.write(`processes: ${level} is not to be had here: ${why}\n`)
}

const seconds = ((performance.now() - started) / 1000).toFixed(0)
process.stdout.write(`
${totals.passed} fault points are passed; at ${totals.changed} of them something on the disk had changed since the point before
${totals.orphans} processes were at work when their engine died; the last was gone after ${totals.orphanMs.toFixed(0)} ms
${totals.tried} points, ${totals.recovered} recovered in ${seconds} s
${totals.recovered} passed, ${totals.tried - totals.recovered} failed
`)
process.exitCode = totals.recovered === totals.tried ? 0 : 1
