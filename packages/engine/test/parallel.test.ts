import { describe, expect, it } from 'vitest'
import type { LedgerEvent } from '@gump/ledger'
import { openWorkspace } from '@gump/workspace'
import { types, world } from './support/world.js'

const workflow = (parallel: string, more = ''): string => `
name: w
steps:
  - name: plan
    type: split
    agent: scripted
    ${parallel}
    each:
      - name: impl
        type: code
        agent: scripted
        gate: [{bash: "! test -e broken"}]
${more}`

const plan = (names: readonly string[]): string =>
  `- match: {step: plan}\n  do: [{out: {plan: ${JSON.stringify(names.map((name) => ({ name, description: name })))}}}]\n`

const impl = (task: string, actions: readonly string[], cost = 0): string =>
  `- match: {step: impl, task: ${task}}\n  do: [turn, ${[...actions, `{sleep: 60ms}`, `{usage: {input: 1, output: 1, cost_usd: ${cost}}}`].join(', ')}]\n`

const alive = (events: readonly LedgerEvent[]): number => {
  let now = 0
  let most = 0
  for (const event of events) {
    if (event.type === 'agent_launching') now += 1
    if (event.type === 'agent_completed' || event.type === 'agent_failed' || event.type === 'agent_killed')
      now -= 1
    most = Math.max(most, now)
  }
  return most
}

describe('tasks side by side', () => {
  it('a conflict runs the task again on top of the others', async () => {
    const names = ['a', 'b']
    const script =
      plan(names) +
      names.map((name) => impl(name, [`{write: {path: same.txt, content: "${name}\\n"}}`])).join('')
    const { repo, engine } = world({ workflows: { w: workflow('parallel: true') }, script })
    const run = await engine.start({ workflow: 'w' })
    const result = await run.result
    expect(result.status).toBe('passed')
    const events = await engine.events(run.id)
    expect(events.find((e) => e.type === 'conflict')).toMatchObject({
      task: 'b',
      files: ['same.txt'],
      action: 'rerun',
    })
    expect(repo.git('show', `${result.commit}:same.txt`)).toBe('b')
  })

  it('a merge whose process died before it could tell is taken up, not made again', async () => {
    const script =
      plan(['a', 'b']) +
      impl('a', ['{write: {path: a.txt, content: a}}']) +
      impl('b', ['{write: {path: b.txt, content: b}}'])
    let hours = 0
    /** Every process has its own time, and with it other commits. */
    const workspace = (dir: string): ReturnType<typeof openWorkspace> => {
      const now = Date.now() + (hours += 1) * 3_600_000
      return openWorkspace(dir, { env: process.env, now: () => now })
    }
    const faults = (point: string): void => {
      if (point === 'append:integrated:torn') throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    const first = world({
      workflows: { w: workflow('parallel: true') },
      script,
      ambient: { workspace, faults },
    })
    const run = await first.engine.start({ workflow: 'w' })
    await expect(run.result).rejects.toMatchObject({ code: 'GUMP-L002' })
    const second = world({
      workflows: { w: workflow('parallel: true') },
      script,
      ambient: { workspace },
      repo: first.repo,
    })
    const result = await (await second.engine.resume({ run: run.id })).result
    expect(result.status).toBe('passed')
    expect(first.repo.git('ls-tree', '--name-only', result.commit).split('\n')).toEqual(
      expect.arrayContaining(['a.txt', 'b.txt']),
    )
  })

  it('a conflict can be fatal', async () => {
    const names = ['a', 'b']
    const script =
      plan(names) +
      names.map((name) => impl(name, [`{write: {path: same.txt, content: "${name}\\n"}}`])).join('')
    const workflows = { w: workflow('parallel: true\n    on_conflict: fatal') }
    const { repo, engine } = world({ workflows, script })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'plan/b' })

    const second = world({ repo, workflows, script }).engine
    const result = await (await second.resume({ run: run.id })).result
    expect(result.status).toBe('passed')
    expect(repo.git('show', `${result.commit}:same.txt`)).toBe('b')
    const events = await second.events(run.id)
    const resumed = events.findIndex((e) => e.type === 'run_resumed')
    const launches = events.slice(resumed).flatMap((e) => (e.type === 'agent_launching' ? [e.step] : []))
    expect(launches).toEqual(['plan/b/impl'])
  })

  it('gates of a group see the combined result of its steps', async () => {
    const text = `
name: w
steps:
  - name: g
    parallel: true
    steps:
      - {name: a, agent: scripted, prompt: go}
      - {name: b, agent: scripted, prompt: go}
    gate: [{bash: "test -f a && test -f b"}]
`
    const script = ['a', 'b']
      .map((name) => `- match: {step: ${name}}\n  do: [turn, {write: {path: ${name}, content: x}}]\n`)
      .join('')
    const { engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
  })

  it('a hundred tasks, eight at a time, two of them failing: resume runs only those two', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `t${i}`)
    const good = (name: string): string => impl(name, [`{write: {path: out/${name}, content: "${name}\\n"}}`])
    const bad = (name: string): string => impl(name, ['{write: {path: broken, content: "x"}}'])
    const script =
      plan(names) + names.map((name) => (name === 't20' || name === 't70' ? bad(name) : good(name))).join('')
    const first = world({ workflows: { w: workflow('parallel: 8') }, script, settings: { jobs: 8 } })
    const run = await first.engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed' })
    const before = await first.engine.events(run.id)
    expect(alive(before)).toBeGreaterThan(1)
    expect(alive(before)).toBeLessThanOrEqual(8)
    await first.engine.close()

    const second = world({
      repo: first.repo,
      workflows: { w: workflow('parallel: 8') },
      script: plan(names) + names.map(good).join(''),
      settings: { jobs: 8 },
    })
    const resumed = await second.engine.resume({ run: run.id })
    const result = await resumed.result
    expect(result.status).toBe('passed')
    const after = (await second.engine.events(run.id)).slice(before.length)
    expect(after.flatMap((e) => (e.type === 'agent_launching' ? [e.step] : [])).toSorted()).toEqual([
      'plan/t20/impl',
      'plan/t70/impl',
    ])
    const tree = first.repo.git('ls-tree', '--name-only', `${result.commit}:out`).split('\n')
    expect(tree.toSorted()).toEqual(names.toSorted())

    const removed = await second.engine.gc({ confirm: async () => true })
    expect(removed.map((r) => r.removed)).toEqual([true])
    expect(first.repo.git('worktree', 'list').split('\n')).toHaveLength(1)
    expect(first.repo.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
  }, 300_000)

  it('shares one budget: the run stops within one increment of it', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `t${i}`)
    const script =
      plan(names) + names.map((name) => impl(name, [`{write: {path: ${name}, content: x}}`], 0.3)).join('')
    const { engine } = world({ workflows: { w: workflow('parallel: 8') }, script, settings: { jobs: 8 } })
    const run = await engine.start({ workflow: 'w', maxBudget: 1 })
    const result = await run.result
    expect(result).toMatchObject({ status: 'failed', limitExceeded: 'max_budget' })
    const events = await engine.events(run.id)
    const attempts = events.flatMap((e) =>
      e.type === 'agent_completed' || e.type === 'agent_failed' || e.type === 'agent_killed'
        ? [e.usage.cost_usd]
        : [],
    )
    expect(result.usage.cost_usd).toBeCloseTo(
      attempts.reduce((sum, cost) => sum + cost, 0),
      9,
    )
    expect(result.usage.cost_usd).toBeLessThanOrEqual(1.3)
    const crossed = events.findIndex((e) => e.type === 'budget_exceeded')
    expect(types(events.slice(crossed))).not.toContain('agent_launching')
  })

  it.each([
    ['parallel: 3', null, 3],
    ['parallel: 6', 2, 2],
  ])('%s with jobs %s has %d worktrees', async (parallel, jobs, most) => {
    const names = Array.from({ length: 6 }, (_, i) => `t${i}`)
    const script =
      plan(names) + names.map((name) => impl(name, [`{write: {path: ${name}, content: x}}`])).join('')
    const { repo, engine } = world({ workflows: { w: workflow(parallel) }, script, settings: { jobs } })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    expect(alive(await engine.events(run.id))).toBeLessThanOrEqual(most)
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(2 + most)
  })

  it.each([
    [2, 1],
    [2, 3],
    [1, 2],
  ])(
    'jobs of %d bounds agents, and worktrees at each depth, with %d branches in each branch',
    async (jobs, inner) => {
      const tasks = Array.from({ length: 4 }, (_, i) => `t${i}`)
      const steps = Array.from({ length: inner }, (_, i) => `s${i}`)
      const text = `
name: w
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: 8
    each:
      - name: both
        parallel: 8
        steps:
${steps.map((name) => `          - {name: ${name}, agent: scripted, prompt: go}`).join('\n')}
`
      const play = tasks.flatMap((task) =>
        steps.map(
          (step) =>
            `- match: {step: ${step}, task: ${task}}\n  do: [turn, {sleep: 30ms}, {write: {path: ${task}-${step}, content: x}}]\n`,
        ),
      )
      const { repo, engine } = world({
        workflows: { w: text },
        script: plan(tasks) + play.join(''),
        settings: { jobs },
      })
      const run = await engine.start({ workflow: 'w' })
      const result = await run.result
      expect(result.status).toBe('passed')
      const events = await engine.events(run.id)
      expect(alive(events)).toBeLessThanOrEqual(jobs)
      // The user's, the run's, and at each of two depths no more than agents.
      expect(repo.git('worktree', 'list').split('\n').length).toBeLessThanOrEqual(2 + 2 * jobs)
      const made = repo.git('ls-tree', '--name-only', result.commit).split('\n')
      expect(made).toHaveLength(1 + tasks.length * steps.length)
    },
  )

  it('fail_fast stops the siblings', async () => {
    const script =
      plan(['a', 'b']) +
      impl('a', ['{write: {path: broken, content: x}}']) +
      '- match: {step: impl, task: b}\n  do: [turn, {sleep: 1h}]\n'
    const { engine } = world({ workflows: { w: workflow('parallel: true\n    fail_fast: true') }, script })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'plan/a/impl' })
    expect((await engine.events(run.id)).find((e) => e.type === 'agent_killed')).toMatchObject({
      by: 'sibling',
    })
  })
})
