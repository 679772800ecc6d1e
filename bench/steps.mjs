// Overhead of a step: a workflow of 50 steps whose scripted agent only writes a file, against the raw git work of the
// same step done by four processes (add, write-tree, commit-tree, update-ref). Run after a build: node bench/steps.mjs
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAgentScript, scripted } from '../packages/agents/dist/index.js'
import { createEngine } from '../packages/engine/dist/index.js'
import { builtinGates } from '../packages/gates/dist/index.js'
import { builtinGuards } from '../packages/guards/dist/index.js'
import { memoryPlaybook } from '../packages/schema/dist/index.js'

const smoke = process.argv.includes('--smoke')
const steps = smoke ? 5 : 50
const rounds = smoke ? 1 : 5

const env = {
  PATH: process.env.PATH,
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
}

function repository() {
  const dir = mkdtempSync(join(tmpdir(), 'gump-bench-'))
  const git = (...args) => execFileSync('git', args, { cwd: dir, env, encoding: 'utf8' }).trim()
  git('init', '-q', '-b', 'main')
  for (let i = 0; i < 100; i++) writeFileSync(join(dir, `file-${i}.txt`), `${i}\n`)
  git('add', '-A')
  git('commit', '-q', '-m', 'first')
  return { dir, git }
}

function rawGit() {
  const { dir, git } = repository()
  let parent = git('rev-parse', 'HEAD')
  const started = performance.now()
  for (let i = 0; i < steps; i++) {
    writeFileSync(join(dir, `new-${i}.txt`), `${i}\n`)
    git('add', '-A')
    const tree = git('write-tree')
    const commit = git('commit-tree', tree, '-p', parent, '-m', `step ${i}`)
    git('update-ref', 'refs/heads/main', commit, parent)
    parent = commit
  }
  const ms = (performance.now() - started) / steps
  rmSync(dir, { recursive: true, force: true })
  return ms
}

async function gump() {
  const { dir } = repository()
  const list = Array.from(
    { length: steps },
    (_, i) => `  - {name: s${i}, type: code, agent: scripted, prompt: go}`,
  )
  const script = Array.from(
    { length: steps },
    (_, i) => `- {match: {step: s${i}}, do: [{write: {path: new-${i}.txt, content: "${i}"}}]}`,
  )
  const engine = createEngine({
    repo: dir,
    playbook: memoryPlaybook({
      origin: 'builtin',
      workflows: [{ ref: 'w', text: `name: w\nsteps:\n${list.join('\n')}\n` }],
    }),
    agents: [scripted(parseAgentScript(script.join('\n'), 'bench.yaml'))],
    gates: builtinGates,
    guards: builtinGuards,
    ambient: { env },
  })
  const run = await engine.start({ workflow: 'w' })
  const result = await run.result
  if (result.status !== 'passed') throw new Error(`the run ${result.status}: ${result.reason}`)
  const events = await engine.events(run.id)
  const at = (type, pick) => Date.parse(events[pick]((event) => event.type === type).ts)
  const ms = (at('step_completed', 'findLast') - at('step_started', 'find')) / steps
  await engine.close()
  rmSync(dir, { recursive: true, force: true })
  return ms
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const raw = []
const own = []
for (let i = 0; i < rounds; i++) {
  raw.push(rawGit())
  own.push(await gump())
}
const ratio = median(own.map((ms, i) => ms / raw[i]))
console.log(`raw git    ${median(raw).toFixed(1)} ms per step (four processes)`)
console.log(`gump       ${median(own).toFixed(1)} ms per step`)
console.log(`ratio      ${ratio.toFixed(2)}  (median of ${rounds} pairs, ${steps} steps; aim 1.5)`)
