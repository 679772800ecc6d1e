// How long from the line that trips a guard to the last process gone, at each containment level of this machine.
//
// node bench/guard-reaction.mjs [--smoke]
import { readdirSync, readFileSync } from 'node:fs'
import { createProcessRunner } from '../packages/process/dist/index.js'

const smoke = process.argv.includes('--smoke')
const trips = smoke ? 5 : 200

// What an agent may look like: a few children, one of them a daemon. When told, it prints the time it writes the line.
const agent = `
const { spawn } = require('node:child_process')
const sleep = (options) => spawn('sleep', ['1000'], { stdio: 'ignore', ...options })
const children = [sleep(), sleep(), sleep(), sleep({ detached: true })]
const started = children.map((child) => new Promise((resolve) => child.once('spawn', resolve)))
Promise.all(started).then(() => {
  process.stdout.write('offence ' + process.hrtime.bigint() + '\\n')
  setInterval(() => process.stdout.write('still here\\n'), 1)
})
`

/** Looks for the marker on its own: what the runner reports is what is measured. */
function leftOf(container) {
  return readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        readFileSync(`/proc/${name}/environ`, 'latin1').includes(`GUMP_CONTAINER=${container}\0`)
      )
    } catch {
      return false
    }
  }).length
}

async function trip(runner, container) {
  let contained
  let killed
  const offence = await new Promise((resolve, reject) => {
    const onStdoutLine = (line) => {
      if (!line.startsWith('offence ')) return
      // The line may come before the promise of the start has told us whom to kill.
      killed = starting.then((started) => started.kill())
      resolve(BigInt(line.slice('offence '.length)))
    }
    const starting = runner.start(
      { container, file: process.execPath, args: ['-e', agent], cwd: '/', env: { PATH: process.env.PATH } },
      { onStdoutLine },
    )
    starting.then((started) => (contained = started), reject)
  })
  await killed
  const milliseconds = Number(process.hrtime.bigint() - offence) / 1e6
  const left = leftOf(container)
  await contained.exit
  return { milliseconds, left }
}

const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]

const rows = {}
for (const forceLevel of ['namespace', 'cgroup', 'group']) {
  const runner = createProcessRunner({ env: process.env, forceLevel })
  try {
    await runner.probe()
  } catch (error) {
    console.log(`${forceLevel}: ${error.message}`)
    continue
  }
  const times = []
  let left = 0
  for (let index = 0; index < trips; index += 1) {
    const result = await trip(runner, `bench-${process.pid}-${forceLevel}-${index}`)
    times.push(result.milliseconds)
    left += result.left
  }
  times.sort((a, b) => a - b)
  const round = (value) => Number(value.toFixed(1))
  rows[forceLevel] = {
    trips,
    'p50 ms': round(percentile(times, 0.5)),
    'p99 ms': round(percentile(times, 0.99)),
    'max ms': round(times.at(-1)),
    'processes left': left,
  }
}
console.table(rows)
// A handful of trips says nothing about a percentile.
const late = Object.values(rows).some((row) => (!smoke && row['p99 ms'] > 100) || row['processes left'] > 0)
if (late) console.log('target missed: p99 of 100 ms, nothing left')
process.exitCode = late ? 1 : 0
