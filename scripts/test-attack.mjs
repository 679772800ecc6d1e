// `pnpm test:attack`: what agents, repositories and bad luck try, through the built program, with real git, real
// processes and the real sandbox. Ends with `N passed, N failed`.
//   --only NAME    one attack; may be repeated
//   --kind KIND    agent, repository, secret or accident; may be repeated
//   --mode MODE    strict, auto, off, or bare (auto without bubblewrap); may be repeated
//   --user USER    root or user; may be repeated
//   --minutes N    in random order, until the time is up; says what was left out
//   --seed S       the order of a sample before
//   --jobs N       at once; default: one more than there are cores, at most 4
//   --no-build     test what is built already
//   --verbose      every attempt, also those that came out right
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { isRight, kinds, modes, mustOf, resultOf, users } from '../test/attack/attack.mjs'
import { loadAttacks } from '../test/attack/attacks.mjs'
import { versionOf } from '../test/attack/world.mjs'
import { prepare } from './toolchain/prepare.mjs'
import { root } from './toolchain/root.mjs'

const limitSeconds = 240
/** `nobody` on every Linux. */
const ordinary = 65_534

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    kind: { type: 'string', multiple: true, default: Object.keys(kinds) },
    mode: { type: 'string', multiple: true, default: [...modes] },
    user: { type: 'string', multiple: true, default: [...users] },
    minutes: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    jobs: { type: 'string', default: String(Math.min(4, availableParallelism() + 1)) },
    'no-build': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
const minutes = values.minutes === undefined ? Infinity : Number(values.minutes)
const seed = Number(values.seed)
if (Number.isNaN(minutes) || Number.isNaN(seed)) throw new TypeError('--minutes and --seed take numbers')

const isRoot = process.getuid?.() === 0
const hasBubblewrap = !versionOf('bwrap').endsWith('is not here')
const attacks = await loadAttacks()
const unknown = (values.only ?? []).filter((name) => !attacks.some((attack) => attack.name === name))
if (unknown.length > 0) {
  process.stderr.write(`there is no attack ${unknown.join(', ')}\n`)
  process.exit(2)
}
if (!values['no-build'] && process.env.TESTS_USE_THIS_BUILD !== '1') await prepare()

/** Numbers that a seed tells (mulberry32). */
function seeded(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function shuffled(list) {
  const random = seeded(seed)
  return list
    .map((item) => [random(), item])
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item)
}

/** Why a machine cannot try something; null when it can. */
function missing(mode, user) {
  if (user === 'root' && !isRoot) return 'only root can be root'
  if (mode !== 'off' && mode !== 'bare' && !hasBubblewrap) return 'there is no bubblewrap'
  return null
}

const skipped = new Map()
function skip(why) {
  skipped.set(why, (skipped.get(why) ?? 0) + 1)
}

const planned = attacks
  .filter(({ name, kind }) => (values.only?.includes(name) ?? true) && values.kind.includes(kind))
  .flatMap((attack) =>
    modes
      .filter((mode) => values.mode.includes(mode) && mustOf(attack, mode) !== undefined)
      .flatMap((mode) =>
        (attack.users ?? users)
          .filter((user) => values.user.includes(user))
          .map((user) => ({ attack, mode, user, must: mustOf(attack, mode) })),
      ),
  )
  .filter(({ mode, user }) => {
    const why = missing(mode, user)
    if (why !== null) skip(why)
    return why === null
  })
const order = minutes === Infinity ? planned : shuffled(planned)

/** Where worlds are made: outside /tmp, which agents have one of their own of, and below no repository. */
function makeFolder(user) {
  const above = isRoot ? ['/home', '/srv', '/opt'].find((dir) => existsSync(dir)) : homedir()
  const folder = mkdtempSync(join(above ?? tmpdir(), 'gump-attack-'))
  if (user === 'user' && isRoot) chownSync(folder, ordinary, ordinary)
  chmodSync(folder, 0o755)
  return folder
}

/** Whatever still lives and was started with a path of the folder: some attacks leave daemons. */
function killAllOf(folder) {
  if (!existsSync('/proc/self/cmdline')) return
  for (const pid of readdirSync('/proc').filter(
    (name) => /^\d+$/u.test(name) && Number(name) !== process.pid,
  )) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It has just ended by itself.
    }
  }
}

/** rm(1), because some attacks leave paths that are too long for Node. */
function remove(folder) {
  spawnSync('chmod', ['-R', 'u+rwX', folder])
  const { status, stderr } = spawnSync('rm', ['-rf', '--', folder], { encoding: 'utf8' })
  if (status !== 0) process.stderr.write(stderr)
}

const running = new Set()
function killAll(child) {
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}

function attempt({ attack, mode, user }) {
  const folder = makeFolder(user)
  const args = [
    join(root, 'test/attack/run-attack.mjs'),
    `--attack=${attack.file}`,
    `--folder=${folder}`,
    `--mode=${mode}`,
    `--user=${user}`,
  ]
  const identity = user === 'user' && isRoot ? { uid: ordinary, gid: ordinary } : {}
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' },
      ...identity,
    })
    running.add(child)
    let [stdout, stderr, late] = ['', '', false]
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
    const timer = setTimeout(() => {
      late = true
      killAll(child)
    }, limitSeconds * 1000)
    child.once('close', () => {
      clearTimeout(timer)
      running.delete(child)
      killAll(child)
      killAllOf(folder)
      remove(folder)
      const line = stdout.trim().split('\n').at(-1) ?? ''
      if (late) resolve({ broken: `it took more than ${limitSeconds} s` })
      else if (line.startsWith('{')) resolve(JSON.parse(line))
      else resolve({ broken: `${stdout}${stderr}` || 'it ended without a word' })
    })
  })
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of running) killAll(child)
    process.exit(130)
  })
}

const tally = { passed: 0, failed: 0, open: 0, tried: 0 }
const results = { held: 0, noticed: 0, through: 0 }
function judge(entry, outcome) {
  const { attack, mode, user, must } = entry
  const title = `${attack.name} (${mode}, ${user})`
  tally.tried += 1
  if (outcome.skipped !== undefined) return skip(outcome.skipped)
  const result = outcome.broken === undefined ? resultOf(outcome) : 'broken'
  if (result !== 'broken') results[result] += 1
  const right = result !== 'broken' && isRight(must, result)
  if (right) tally.passed += 1
  else if (attack.open !== undefined && result !== 'broken') tally.open += 1
  else tally.failed += 1
  if (right && !values.verbose) return
  const label = right ? 'ok' : attack.open === undefined ? 'FAILED' : 'open'
  const why = outcome.broken ?? (outcome.got || 'nothing was got')
  process.stdout.write(`  ${label}: ${title}: must be ${must}, is ${result}: ${String(why).slice(0, 1500)}\n`)
}

process.stdout.write(
  `seed ${seed}; ${attacks.length} attacks, ${planned.length} attempts; ${versionOf('git')}; ${versionOf('bwrap')}\n`,
)
const until = performance.now() + minutes * 60_000
const started = performance.now()
let next = 0
async function worker() {
  while (next < order.length && performance.now() < until) {
    const entry = order[next++]
    judge(entry, await attempt(entry))
  }
}
await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, worker))

const left = order.slice(next)
const names = [...new Set(left.map(({ attack }) => attack.name))].filter(
  (name) => !order.slice(0, next).some(({ attack }) => attack.name === name),
)
for (const [why, count] of skipped) process.stdout.write(`${count} not tried: ${why}\n`)
if (left.length > 0)
  process.stdout.write(
    `${left.length} attempts were left out${names.length > 0 ? `; nothing at all was tried of ${names.join(', ')}` : ''}\n`,
  )
process.stdout.write(
  `${results.held} held, ${results.noticed} noticed, ${results.through} got through (documented limits, and failures) in ${((performance.now() - started) / 1000).toFixed(0)} s${tally.open > 0 ? `; ${tally.open} are known to be open` : ''}\n${tally.passed} passed, ${tally.failed} failed\n`,
)
process.exitCode = tally.failed === 0 ? 0 : 1
