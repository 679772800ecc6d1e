// `pnpm test:agents`: runs real coding agents against a scripted model, through gump, and checks what gump makes of them.
// No account and no network is needed but npm's registry, once; docs/testing-with-real-agents.md says what it does.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { cases } from '../test/agents/cases/case.mjs'
import { install } from '../test/agents/install.mjs'
import { isolation } from '../test/agents/isolation.mjs'
import { programs } from '../test/agents/programs/program.mjs'
import { plainSummary, summaryRows, writeSummary } from '../test/agents/summary.mjs'
import { prepare } from './toolchain/prepare.mjs'
import { root } from './toolchain/root.mjs'

const limitSeconds = 240
const usage = `Usage: pnpm test:agents [--only AGENT]... [--case CASE]... [--sandbox MODE] [--jobs N] [--cache DIR] [--no-build] [--write]

  --only AGENT    ${programs.map(({ name }) => name).join(', ')}; may be repeated
  --case CASE     ${cases.map(({ name }) => name).join(', ')}; may be repeated
  --sandbox MODE  how gump walls the agents off: auto (default), require, strict, off
  --jobs N        cases at once; default: one more than there are cores, at most 4
  --cache DIR     where the programs are kept; default: .cache/agents
  --no-build      test what is built already
  --write         put the figures into docs/testing-with-real-agents.md; only when every case was run, and passed
`

function options() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: programs.map(({ name }) => name) },
      case: { type: 'string', multiple: true, default: cases.map(({ name }) => name) },
      sandbox: { type: 'string', default: 'auto' },
      jobs: { type: 'string', default: String(Math.min(4, availableParallelism() + 1)) },
      cache: { type: 'string', default: join(root, '.cache', 'agents') },
      'no-build': { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  })
  const pick = (all, names) => {
    const unknown = names.find((name) => !all.some((one) => one.name === name))
    if (unknown !== undefined) throw new TypeError(`${unknown} is not known`)
    return all.filter(({ name }) => names.includes(name))
  }
  const chosenPrograms = pick(programs, values.only)
  const chosenCases = pick(cases, values.case)
  const isAll = chosenPrograms.length === programs.length && chosenCases.length === cases.length
  if (values.write && !isAll) throw new TypeError('--write needs every program and every case')
  return {
    chosenPrograms,
    chosenCases,
    sandbox: values.sandbox,
    jobs: Math.max(1, Number(values.jobs)),
    cache: resolve(values.cache),
    build: !values['no-build'],
    write: values.write,
  }
}

const running = new Set()

/** Ends a case and everything in its group or namespace. */
function kill(child) {
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}

/** Runs one case in a process of its own, which is killed with everything in it when its time is up. */
function runCase({ program, path, chosen, sandbox, prefix }) {
  const [file, ...args] = [
    ...(prefix ?? []),
    process.execPath,
    join(root, 'test/agents/run-case.mjs'),
    `--program=${program.name}`,
    `--case=${chosen.name}`,
    `--path=${path.join(':')}`,
    `--sandbox=${sandbox}`,
  ]
  return new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    running.add(child)
    let stdout = ''
    let stderr = ''
    let late = false
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
    const timer = setTimeout(() => {
      late = true
      kill(child)
    }, limitSeconds * 1000)
    child.once('error', (error) => (stderr += error.message))
    child.once('close', () => {
      clearTimeout(timer)
      running.delete(child)
      const seconds = (performance.now() - started) / 1000
      const verdict = late ? `it took more than ${limitSeconds} s` : stdout.trimEnd().split('\n').at(-1)
      resolve({ program: program.name, case: chosen.name, seconds, ...read(verdict, stderr) })
    })
  })
}

function read(verdict, stderr) {
  try {
    return JSON.parse(verdict)
  } catch {
    return { passed: false, problem: `${verdict}\n${stderr}`.trim() }
  }
}

function row(cells) {
  return [cells[0].padEnd(10), cells[1].padEnd(14), cells[2].padEnd(8), cells[3].padStart(7)]
    .join('')
    .trimEnd()
}

function report(result) {
  const { program, passed, seconds, problem, folder } = result
  process.stdout.write(`${row([program, result.case, passed ? 'passed' : 'FAILED', seconds.toFixed(1)])}\n`)
  if (passed) return
  const where = folder === undefined ? '' : `\nThe repository, the ledger and the stream are in ${folder}`
  process.stdout.write(`${problem}${where}\n`.replaceAll(/^/gmu, '    ').trimEnd())
  process.stdout.write('\n')
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => {
    for (const child of running) kill(child)
    process.exit(code)
  })
}

async function main({ chosenPrograms, chosenCases, sandbox, jobs, cache, build, write }) {
  if (build) await prepare()
  const queue = []
  const results = []
  const prefix = await isolation()
  if (prefix === null) {
    process.stdout.write(
      'This machine makes no network namespaces: the agents run with the network they find.\n',
    )
  }
  for (const program of chosenPrograms) {
    const installed = await install(program, cache)
    for (const chosen of chosenCases.filter(
      ({ concerns }) => concerns?.(program) ?? program.preset !== true,
    )) {
      if ('problem' in installed) {
        results.push({
          program: program.name,
          case: chosen.name,
          passed: false,
          seconds: 0,
          problem: installed.problem,
        })
      } else queue.push({ program, path: installed.path, chosen, sandbox, prefix })
    }
  }

  process.stdout.write(`${row(['agent', 'case', 'result', 'seconds'])}\n`)
  for (const result of results) report(result)
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const result = await runCase(next)
      results.push(result)
      report(result)
    }
  }
  await Promise.all(Array.from({ length: jobs }, worker))
  const failed = results.filter(({ passed }) => !passed).length
  const rows = summaryRows(chosenPrograms, results)
  if (rows.length > 0) process.stdout.write(`\n${plainSummary(rows)}`)
  if (write && failed === 0) writeSummary(join(root, 'docs/testing-with-real-agents.md'), rows)
  process.stdout.write(`\n${results.length - failed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

let chosen
try {
  chosen = options()
} catch (error) {
  process.stderr.write(`${error.message}\n\n${usage}`)
  process.exit(2)
}
await main(chosen)
