// How advice does on tasks that it has not seen, with public outcomes of real agents: half of the tasks are the history, the other half
// shows what the advice is worth. Split again and again.
import { recommend, study } from '../../packages/advice/dist/index.js'
import { bestFixed, netValue, orders, readOutcomes } from './outcomes.mjs'
import { shuffled, streamOf } from './random.mjs'
import { todaysLadder } from './pooled-rule.mjs'

const values = [2, 5, 20]
const inUse = ['haiku_10min', 'sonnet_20min', 'gpt54_20min']

/** A task of a run of its own: what each agent would have done after each set of failures. */
function everything(task, agents, at) {
  const chains = []
  const visit = (failed, rest) => {
    for (const [n, agent] of rest.entries()) {
      chains.push(chainOf(task, [...failed, agent], failed.length))
      // Sets, not orders: each set of failures is visited once.
      if (!task.by[agent].passed) visitSets([...failed, agent], rest.slice(n + 1))
    }
  }
  const visitSets = (failed, later) => {
    for (const agent of agents)
      if (!failed.includes(agent)) chains.push(chainOf(task, [...failed, agent], failed.length))
    for (const [n, agent] of later.entries()) {
      if (!task.by[agent].passed) visitSets([...failed, agent], later.slice(n + 1))
    }
  }
  visit([], agents)
  return record(task.id, at, chains)
}

/** @param recalled - how many of its tries are only there to tell what had failed */
function chainOf(task, ladder, recalled) {
  return {
    step: 'solve',
    kind: task.repo,
    gaveUp: true,
    tries: ladder.map((agent, n) => ({
      agent,
      model: null,
      passed: task.by[agent].passed,
      recalled: n < recalled,
      microUsd: task.by[agent].usd * 1e6,
      durationMs: task.by[agent].ms,
    })),
  }
}

function record(id, at, chains) {
  return {
    id,
    alias: id,
    workflow: 'public',
    at,
    status: 'passed',
    replay: false,
    microUsd: 0,
    durationMs: 0,
    tasks: null,
    inTasks: { microUsd: 0, durationMs: 0 },
    began: {},
    chains,
  }
}

/** What a run leaves behind in which a task went up one ladder. */
function oneLadder(task, ladder, at) {
  const passed = ladder.findIndex((agent) => task.by[agent].passed)
  return record(task.id, at, [chainOf(task, passed === -1 ? ladder : ladder.slice(0, passed + 1), 0)])
}

export const histories = {
  'every agent tried every task': (tasks, agents) => tasks.map((task, n) => everything(task, agents, n)),
  'ladder in use, 3 of 10 tasks on another': (tasks, agents, random) => {
    const others = orders(agents).filter(({ length }) => length <= 3)
    return tasks.map((task, n) =>
      oneLadder(task, random() < 0.3 ? others[Math.floor(random() * others.length)] : inUse, n),
    )
  },
  'ladder in use only': (tasks) => tasks.map((task, n) => oneLadder(task, inUse, n)),
}

/** Net value of each rule on held-out halves. */
export function measurePublic({ splits = 60, all = false } = {}) {
  const { agents, tasks } = readOutcomes({ all })
  const random = streamOf(17)
  const sums = new Map()
  const add = (history, value, rule, net) => {
    const key = JSON.stringify([history, value, rule])
    sums.set(key, (sums.get(key) ?? 0) + net / splits)
  }
  const changes = new Map()
  for (let split = 0; split < splits; split += 1) {
    const order = shuffled(tasks, random)
    const seen = order.slice(0, Math.floor(order.length / 2))
    const held = order.slice(seen.length)
    for (const [name, make] of Object.entries(histories)) {
      const records = make(seen, agents, random)
      const at = { workflow: 'public', step: 'solve', inUse }
      const known = study(records, at)
      const byKind = new Map()
      for (const { repo } of held)
        if (!byKind.has(repo)) byKind.set(repo, study(records, { ...at, kind: repo }))
      for (const value of values) {
        const worth = { valueUsd: value, hourUsd: 0 }
        const advice = recommend(known, worth)
        const ladders = new Map([...byKind].map(([kind, own]) => [kind, recommend(own, worth) ?? inUse]))
        const forKind = ({ repo }) => ladders.get(repo)
        add(
          name,
          value,
          'in use',
          netValue(held, () => inUse, value),
        )
        add(name, value, 'best fixed', bestFixed(held, agents, value).net)
        add(
          name,
          value,
          'advice',
          netValue(held, () => advice ?? inUse, value),
        )
        add(name, value, 'advice by kind', netValue(held, forKind, value))
        add(
          name,
          value,
          'pooled rule',
          netValue(held, () => todaysLadder(records) ?? inUse, value),
        )
        const key = JSON.stringify([name, value])
        changes.set(key, (changes.get(key) ?? 0) + (advice !== null ? 1 : 0) / splits)
      }
    }
  }
  return [...changes].map(([key, changed]) => {
    const [history, value] = JSON.parse(key)
    const net = (rule) => sums.get(JSON.stringify([history, value, rule]))
    return {
      history,
      value,
      inUse: net('in use'),
      pooledRule: net('pooled rule'),
      advice: net('advice'),
      byKind: net('advice by kind'),
      bestFixed: net('best fixed'),
      changed,
    }
  })
}
