// `pnpm test:kills`: kills the engine, its agents and its reaper at random moments of runs whose tasks run side by side,
// with SIGSTOP before it every other time, resumes, and compares with runs that nothing disturbed. Ends with
// `N passed, N failed`.
//   --count N     how many kills, 72 unless said otherwise
//   --seed S      the random numbers of a run before
//   --only N      the kill of that number, from 1
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

import { prepare } from './toolchain/prepare.mjs'
import { root } from './toolchain/root.mjs'

const { values } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
})

function number(name, fallback) {
  const value = values[name]
  if (value === undefined) return fallback
  if (/^\d+$/u.test(value)) return Number(value)
  process.stderr.write(`--${name} takes a number, not ${JSON.stringify(value)}\n`)
  process.exit(2)
}

const count = number('count', 72)
const seed = number('seed', Date.now() % 1_000_000)
const only = number('only', null)
if (process.platform !== 'linux') {
  process.stdout.write(
    'Killing at random needs /proc, which this system does not have.\n0 passed, 0 failed\n',
  )
  process.exit(0)
}
if (process.env.TESTS_USE_THIS_BUILD !== '1') await prepare()

const kit = join(root, 'packages/testkit')
const dist = join(kit, 'dist/crash')
const { containmentLevels, openCrashSuite, randomKills, seededRandom } = await import(
  pathToFileURL(join(dist, 'index.js')).href
)

// A copy, so that a build meanwhile does not change what is tested; inside the package, whose files it looks for.
mkdirSync(join(kit, '.cache'), { recursive: true })
const copy = mkdtempSync(join(kit, '.cache/kills-'))
const program = join(copy, 'child.mjs')
copyFileSync(join(dist, 'child.js'), program)
const suite = openCrashSuite({ program, folder: tmpdir() })
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    rmSync(copy, { recursive: true, force: true })
    void suite.close().then(() => process.exit(130))
  })
}

const describe = ({ scenario, victim, afterMs, stoppedMs, processes }) =>
  `${scenario}: ${victim} after ${afterMs} ms${stoppedMs === null ? '' : `, stopped for ${stoppedMs} ms before`}, ${processes}`

process.stdout.write(`seed ${seed}\n`)
const totals = { passed: 0, failed: 0, missed: 0 }
const byVictim = new Map()
try {
  const { available } = await containmentLevels()
  const expectations = {}
  const lastMs = {}
  for (const scenario of ['parallel-tasks', 'simple']) {
    expectations[scenario] = await suite.enumerate(scenario)
    const started = performance.now()
    await suite.enumerate(scenario, available[0])
    lastMs[scenario] = performance.now() - started
  }
  const all = randomKills(count, lastMs, available, seededRandom(seed))
  const kills = only === null ? all : all.slice(only - 1, only)
  // A run that ended before any process could be killed has shown nothing: try earlier until one is.
  let due = kills
  for (let round = 0; due.length > 0 && round < 4; round += 1) {
    const missed = []
    await suite.kill(
      due,
      ({ scenario }) => expectations[scenario],
      ({ kill, killed, complaints }) => {
        if (!killed) missed.push({ ...kill, afterMs: Math.floor(kill.afterMs / 3) })
        else tell(kill, complaints)
      },
    )
    due = missed
  }
  totals.missed = due.length
} finally {
  await suite.close()
  rmSync(copy, { recursive: true, force: true })
}

function tell(kill, complaints) {
  const tally = byVictim.get(kill.victim) ?? { killed: 0, recovered: 0 }
  byVictim.set(kill.victim, tally)
  tally.killed += 1
  if (complaints.length === 0) {
    tally.recovered += 1
    totals.passed += 1
    return
  }
  totals.failed += 1
  const shown = complaints.slice(0, 12).map((line) => `    ${line.slice(0, 1000)}\n`)
  process.stdout.write(`  not recovered: ${describe(kill)}\n${shown.join('')}`)
}

for (const [victim, { killed, recovered }] of byVictim) {
  process.stdout.write(
    `${victim.padEnd(20)} ${String(killed).padStart(4)} kills, ${String(recovered).padStart(4)} recovered\n`,
  )
}
if (totals.missed > 0)
  process.stdout.write(`${totals.missed} runs were over before anybody could be killed\n`)
process.stdout.write(`${totals.passed} passed, ${totals.failed + totals.missed} failed\n`)
process.exit(totals.failed + totals.missed === 0 ? 0 : 1)
