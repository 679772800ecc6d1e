// `pnpm test:crash`: kills runs of every built-in workflow at every fault point, resumes them, and compares what they
// lead to with undisturbed runs. Prints `N points, N recovered` and ends with `N passed, N failed`.
//   --only NAME   one scenario; the names are printed
//   --sample N    N points at random instead of all
//   --minutes N   in random order, until the time is up; says how many were left out
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
    minutes: { type: 'string' },
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
/** Attempts between two looks at the clock. */
const chunk = 16
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
const minutes = number('minutes', null)
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
const totals = { passed: 0, changed: 0, tried: 0, left: 0, recovered: 0, orphans: 0, orphanMs: 0 }
const expectations = new Map()
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

/** The results of the attempts of one title. */
const tallies = new Map()
function tallyOf(title) {
  if (!tallies.has(title)) tallies.set(title, { asked: 0, died: 0, recovered: 0 })
  return tallies.get(title)
}

function told({ title }, recovery) {
  const tally = tallyOf(title)
  if (recovery.died) tally.died += 1
  totals.tried += 1
  totals.orphans += recovery.orphans
  totals.orphanMs = Math.max(totals.orphanMs, recovery.orphanMs)
  if (recovery.died && recovery.complaints.length === 0) {
    tally.recovered += 1
    totals.recovered += 1
    return
  }
  // A point that is not reached proves nothing; one that cannot be reached again is as bad as a failure.
  const complaints =
    recovery.complaints.length > 0 ? recovery.complaints : ['the run did not get there again']
  const shown = complaints.slice(0, shownComplaints).map((line) => `    ${line.slice(0, 1000)}\n`)
  const more = complaints.length - shown.length
  process.stdout.write(
    `  not recovered: ${describe(recovery.attempt)}\n${shown.join('')}${more > 0 ? `    and ${more} more\n` : ''}`,
  )
}

function printTally(title) {
  const { asked, died, recovered } = tallyOf(title)
  const left = asked - died
  process.stdout.write(
    `${title.padEnd(24)} ${String(died).padStart(5)} points, ${String(recovered).padStart(5)} recovered${left > 0 ? `, ${left} not tried` : ''}\n`,
  )
}

process.stdout.write(`seed ${seed}\n`)
try {
  const planned = [...(await once()), ...(values.point === undefined ? await twiceAndAsProcesses() : [])]
  for (const { title } of planned) tallyOf(title).asked += 1
  const bounded = sample !== null || minutes !== null
  const chosenPlan = bounded ? random.pick(planned, sample ?? planned.length) : planned
  const until = minutes === null ? Infinity : started + minutes * 60_000
  for (let at = 0; at < chosenPlan.length && performance.now() < until; at += chunk) {
    const part = chosenPlan.slice(at, at + chunk)
    const of = new Map(part.map((entry) => [entry.attempt, entry]))
    await suite.run(
      part.map((entry) => entry.attempt),
      (attempt) => of.get(attempt).expected,
      (recovery) => told(of.get(recovery.attempt), recovery),
    )
    // In the order of the plan a title is done when the next one begins.
    const next = chosenPlan[at + chunk]?.title
    if (!bounded)
      for (const title of new Set(part.map((entry) => entry.title))) if (title !== next) printTally(title)
  }
  if (bounded) for (const title of tallies.keys()) printTally(title)
  totals.left = planned.length - totals.tried
} finally {
  await suite.close()
  rmSync(copy, { recursive: true, force: true })
}

/** Every point of every scenario that is worth it, for one death each. */
async function once() {
  const planned = []
  for (const { name } of chosen) {
    const expected = await suite.enumerate(name)
    expectations.set(name, expected)
    totals.passed += expected.points.length
    totals.changed += expected.points.filter(({ unchanged }) => !unchanged).length
    planned.push(
      ...select(expected.points).map((point) => ({
        title: name,
        expected,
        attempt: { scenario: name, point },
      })),
    )
  }
  return planned
}

/** Runs that die again while they are taken up, and agents as real processes at every level that this machine has. */
async function twiceAndAsProcesses() {
  const every = [...expectations].flatMap(([scenario, expected]) =>
    select(expected.points).map((point) => ({ scenario, point, expected })),
  )
  const planned = random.pick(every, Math.min(twice, every.length)).map(({ expected, ...first }) => ({
    title: 'killed twice',
    expected,
    attempt: { ...first, again: 1 + random.below(expected.points.length) },
  }))
  if (values.only !== undefined) return planned
  const { available, missing } = await containmentLevels()
  for (const processes of available) {
    for (const [scenario, most] of [
      [slowScenario.name, Infinity],
      ['parallel-tasks', perLevel],
    ]) {
      const expected = await suite.enumerate(scenario, processes)
      const points = select(expected.points)
      planned.push(
        ...random.pick(points, Math.min(most, points.length)).map((point) => ({
          title: `processes: ${processes}`,
          expected,
          attempt: { scenario, point, processes },
        })),
      )
    }
  }
  for (const { level, why } of missing)
    process.stdout.write(`processes: ${level} is not available here: ${why}\n`)
  return planned
}

const seconds = ((performance.now() - started) / 1000).toFixed(0)
process.stdout.write(`
${totals.passed} fault points are passed; at ${totals.changed} of them something on the disk had changed since the point before
${totals.orphans} processes were at work when their engine died; the last was gone after ${totals.orphanMs.toFixed(0)} ms
${totals.tried} points, ${totals.recovered} recovered in ${seconds} s${totals.left > 0 ? `; ${totals.left} more were left out` : ''}
${totals.recovered} passed, ${totals.tried - totals.recovered} failed
`)
process.exitCode = totals.recovered === totals.tried ? 0 : 1
