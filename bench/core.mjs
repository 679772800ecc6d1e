// What an event and a decision cost in the pure core, for runs of 50 to 10 000 steps: one after the other, and as tasks of a split that
// run side by side, four at a time. Run after a build: node bench/core.mjs [--smoke]
import { decide } from '../packages/core/dist/index.js'
import { initialState, reduce } from '../packages/history/dist/index.js'

const sizes = process.argv.includes('--smoke') ? [5, 20] : [50, 500, 5_000, 10_000]
/** Rounds of one size, so that small runs are long enough to be measured. */
const eventsPerSize = process.argv.includes('--smoke') ? 1 : 60_000

const at = { line: 1, column: 1, offset: 0 }
const range = { start: at, end: at }
const text = (value) => ({ text: value, range })
const agentStep = (name, over) => ({
  kind: 'agent',
  name,
  range,
  type: 'code',
  agent: text('scripted'),
  context: [],
  worktree: 'read-write',
  session: { mode: 'new' },
  guards: [],
  gates: [{ name: 'test', gate: 'test', range }],
  ...over,
})
const planOf = (steps) => ({
  root: 'main',
  workflows: { main: { name: 'main', dialect: 'v4', file: 'main.yaml', limits: {}, steps } },
})
const usage = {
  tokens: { input: 10, output: 10, cache_read: 0, cache_write: 0 },
  cost_usd: 0.01,
  cost_source: 'native',
}
const artifact = { path: 'p', sha256: '0', bytes: 0 }

/** What the shell records for an effect when all goes well. */
function perform(effect, tasks) {
  switch (effect.kind) {
    case 'record':
    case 'timer':
      return [effect.event]
    case 'workspace':
    case 'restore':
      return [
        { type: 'workspace_ready', workspace: effect.workspace, commit: effect.commit, slot: effect.slot },
      ]
    case 'launch': {
      const id = effect.launch
      return [
        {
          type: 'agent_launching',
          ...id,
          agent: effect.agent,
          model: null,
          container: effect.id,
          argv: [],
          prompt: artifact,
          session_mode: 'new',
        },
        {
          type: 'agent_launched',
          ...id,
          pid: 1,
          pid_start: '1',
          level: 'namespace',
          sandbox: 'enforced',
        },
        { type: 'session_started', ...id, session_id: effect.id },
        { type: 'turn_completed', ...id, n: 1, label: 'coding', actions: [], usage, duration_ms: 1 },
        { type: 'agent_completed', ...id, session_id: effect.id, usage, turns: 1, duration_ms: 1 },
      ]
    }
    case 'collect': {
      const id = effect.launch
      const snapshot = {
        type: 'snapshot_created',
        ...id,
        commit: `c:${effect.id}`,
        tree: 't',
        ref: 'r',
        files: [],
        insertions: 1,
        deletions: 0,
        diff: artifact,
      }
      const output = { type: 'output_collected', ...id, from: 'tree' }
      return effect.step.type === 'split' ? [{ ...output, tasks }] : [snapshot, output]
    }
    case 'gate': {
      const id = { step: effect.path, round: effect.round, attempt: effect.attempt, gate: effect.gate.name }
      return [
        { type: 'gate_started', ...id },
        { type: 'gate_passed', ...id, duration_ms: 1 },
      ]
    }
    case 'integrate':
      return [
        {
          type: 'integrated',
          step: effect.group,
          task: effect.task,
          commit: `m:${effect.id}`,
          merged: effect.theirs,
          base_commit: effect.base,
        },
      ]
    case 'complete': {
      const commit = effect.promote ?? effect.commit
      const id = { step: effect.path, round: effect.round, attempt: effect.attempt }
      return [
        {
          type: 'step_completed',
          ...id,
          kind: effect.stepKind,
          status: effect.status,
          commit,
          content: commit,
          duration_ms: 1,
          usage,
          turns: 1,
        },
        { type: 'state_updated', step: effect.path, keys: [] },
      ]
    }
    default:
      throw new Error(`nothing to answer to ${effect.kind}`)
  }
}

const started = {
  type: 'run_started',
  alias: 'a',
  workflow: { name: 'main', source: 'main.yaml', sha256: '0' },
  spec: null,
  base_commit: 'base',
  branch: 'gump/run-1',
  user_branch: 'main',
  agents: {},
  limits: {},
  inputs: {},
  options: {
    jobs: 4,
    pause_after: [],
    park: true,
    agent_override: null,
    agent_aliases: {},
    default_agent: 'scripted',
    allow_unpriced: false,
    interactive: true,
  },
  gump_version: '0',
}

/** Drives the core to the end of a run; nanoseconds spent in each half. */
function drive(plan, tasks) {
  const spent = { reduce: 0, decide: 0, events: 0, decisions: 0 }
  let state = initialState
  let seq = 0
  const append = (event) => {
    seq += 1
    const line = { v: 1, seq, ts: new Date(seq * 1000).toISOString(), run_id: 'run-1', ...event }
    const before = performance.now()
    state = reduce(state, line)
    spent.reduce += performance.now() - before
    spent.events += 1
  }
  append(started)
  while (state.ended === null) {
    const before = performance.now()
    const effects = decide(plan, state)
    spent.decide += performance.now() - before
    spent.decisions += 1
    const records = effects.filter(({ kind }) => kind === 'record')
    const [first] = records.length > 0 ? records : effects
    if (first === undefined) throw new Error('the run does not advance')
    for (const event of perform(first, tasks)) append(event)
  }
  if (state.ended.status !== 'passed') throw new Error(state.ended.reason)
  return spent
}

const shapes = {
  'one after the other': (n) => [planOf(Array.from({ length: n }, (_, i) => agentStep(`step-${i}`))), []],
  'side by side': (n) => [
    planOf([
      agentStep('split', {
        type: 'split',
        worktree: 'read-only',
        each: [agentStep('work')],
        parallel: { failFast: true },
        gates: [],
      }),
    ]),
    Array.from({ length: n }, (_, i) => ({ slug: `task-${i}`, name: `task ${i}`, description: '' })),
  ],
}

console.log('| shape | steps | events | reduce, µs per event | decide, µs per decision |')
console.log('| --- | ---: | ---: | ---: | ---: |')
for (const [shape, make] of Object.entries(shapes)) {
  // Until the code is compiled nothing is measured.
  const warmUp = Math.min(200, sizes[sizes.length - 1])
  drive(...make(warmUp))
  for (const size of sizes) {
    const total = { reduce: 0, decide: 0, events: 0, decisions: 0 }
    let events = 0
    do {
      const spent = drive(...make(size))
      events = spent.events
      for (const key of Object.keys(total)) total[key] += spent[key]
    } while (total.events < eventsPerSize)
    const reduced = ((total.reduce * 1000) / total.events).toFixed(1)
    const decided = ((total.decide * 1000) / total.decisions).toFixed(1)
    console.log(`| ${shape} | ${size} | ${events} | ${reduced} | ${decided} |`)
  }
}
