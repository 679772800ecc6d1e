// The public outcomes of bench/data/agent-outcomes.csv: what each of five agents did with the same tasks.
import { readFileSync } from 'node:fs'

/** One run of an agent over all tasks: its name here is the label of the data. */
export function readOutcomes({ all = false } = {}) {
  const text = readFileSync(new URL('../data/agent-outcomes.csv', import.meta.url), 'utf8')
  const [head, ...lines] = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const names = head.split(',')
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((value, n) => [names[n], value])))
  const agents = [...new Set(rows.map(({ run }) => run))]
  const means = Object.fromEntries(
    agents.map((agent) => [agent, meanCost(rows.filter(({ run }) => run === agent))]),
  )
  const tasks = new Map()
  for (const row of rows) {
    const task = tasks.get(row.instance_id) ?? { id: row.instance_id, repo: row.repo, by: {}, patchFailed: 0 }
    task.by[row.run] = {
      passed: row.resolved === '1',
      // 14 of 725 costs are not recorded: timeouts, mostly. They count as the mean of their agent.
      usd: row.gen_cost_usd === '' ? means[row.run] : Number(row.gen_cost_usd),
      ms: Number(row.gen_duration_s) * 1000,
    }
    if (row.eval_status === 'patch_failed') task.patchFailed += 1
    tasks.set(row.instance_id, task)
  }
  // A patch that cannot be applied for most agents tells of the grading, not of the agents.
  return { agents, tasks: [...tasks.values()].filter(({ patchFailed }) => all || patchFailed < 3) }
}

function meanCost(rows) {
  const known = rows.filter(({ gen_cost_usd }) => gen_cost_usd !== '').map((row) => Number(row.gen_cost_usd))
  return known.reduce((sum, usd) => sum + usd, 0) / known.length
}

/** What a ladder really did with a task. */
export function climb(task, ladder) {
  let usd = 0
  for (const agent of ladder) {
    const { passed, usd: cost } = task.by[agent]
    usd += cost
    if (passed) return { passed: true, usd }
  }
  return { passed: false, usd }
}

/** Net value of a task in US dollars, on average over tasks. `ladderFor` may choose by task. */
export function netValue(tasks, ladderFor, value) {
  let sum = 0
  for (const task of tasks) {
    const { passed, usd } = climb(task, ladderFor(task))
    sum += (passed ? value : 0) - usd
  }
  return sum / tasks.length
}

/** Every order of some of the agents. */
export function orders(agents) {
  return agents.flatMap((agent) => [
    [agent],
    ...orders(agents.filter((other) => other !== agent)).map((rest) => [agent, ...rest]),
  ])
}

/** The ladder that brings most for these tasks, known only afterwards. */
export function bestFixed(tasks, agents, value) {
  let best = { ladder: [], net: -Infinity }
  for (const ladder of orders(agents)) {
    const net = netValue(tasks, () => ladder, value)
    if (net > best.net) best = { ladder, net }
  }
  return best
}
