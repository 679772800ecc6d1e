import type { Engine } from '@gump/engine'
import type { LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'
import { type World, world } from './support/world.js'

const tasks = ['one', 'two', 'three']
const each = (parallel: boolean): string => `name: w
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: ${parallel}
    each:
      - {name: make, agent: scripted, prompt: "{task.name}"}
      - {name: check, agent: scripted, prompt: "check {task.name}", gate: [{bash: "test -e good-{task.name}"}]}
  - {name: after, agent: scripted, prompt: go}
`
const split = `- match: {step: plan}
  do: [{out: {plan: [{name: one, description: d}, {name: two, description: d}, {name: three, description: d}]}}]
`
const writes = (step: string, task: string, path: string, content: string): string =>
  `- match: {step: ${step}, task: ${task}}\n  do: [turn, {write: {path: ${path}, content: ${content}}}, {usage: {input: 1, output: 1, cost_usd: 0.25}}]\n`
const after = `- match: {step: after}\n  do: [turn, {write: {path: after, content: x}}]\n`
const works = tasks.map((task) => writes('check', task, `good-${task}`, 'x')).join('')
const script =
  split + tasks.map((task) => writes('make', task, `made-${task}`, 'first')).join('') + works + after
/** What is written differs from the first time. */
const changed = script.replaceAll('content: first', 'content: second')

/** Another engine on the same repository, with agents that do something else. */
const again = ({ repo }: World, text: string, other: string): Engine =>
  world({ repo, workflows: { w: text }, script: other }).engine

const launched = (events: readonly LedgerEvent[]): readonly string[] =>
  events.flatMap((e) => (e.type === 'agent_launching' && e.replayed !== true ? [e.step] : []))

describe('replay from a step of one task', () => {
  const text = each(true)

  it('repeats that task and what comes after all of them, when they ran side by side', async () => {
    const first = world({ workflows: { w: text }, script })
    const old = await first.engine.start({ workflow: 'w' })
    expect(await old.result).toMatchObject({ status: 'passed' })
    const engine = again(first, text, changed)
    const run = await engine.replay({ run: old.id, fromStep: 'plan/two/make' })
    const result = await run.result
    expect([result.reason, result.status]).toEqual([undefined, 'passed'])
    expect(launched(await engine.events(run.id))).toEqual(['plan/two/make', 'plan/two/check', 'after'])
    const read = (path: string): string => first.repo.git('show', `${result.commit}:${path}`)
    expect(tasks.map((task) => read(`made-${task}`))).toEqual(['first', 'second', 'first'])
    expect(tasks.map((task) => read(`good-${task}`))).toEqual(['x', 'x', 'x'])
  })

  it('stands when the old run is gone', async () => {
    const first = world({ workflows: { w: text }, script })
    const old = await first.engine.start({ workflow: 'w' })
    await old.result
    const engine = again(
      first,
      text,
      changed.replace(/(step: check, task: two\}\n {2}do: \[turn).*\n/u, '$1]\n'),
    )
    const run = await engine.replay({ run: old.id, fromStep: 'plan/two/make' })
    expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'plan/two/check' })
    await engine.gc({ confirm: async (summary) => summary.id === old.id })
    first.repo.git('reflog', 'expire', '--expire=now', '--all')
    first.repo.git('gc', '--quiet', '--prune=now')
    const later = again(first, text, changed)
    const result = await (await later.resume({ run: run.id })).result
    expect([result.reason, result.status]).toEqual([undefined, 'passed'])
    expect(first.repo.git('show', `${result.commit}:made-three`)).toBe('first')
  })

  it('merges again what was merged after it, on top of what it does now', async () => {
    const same = script.replaceAll(/made-(two|three)/gu, 'made-both')
    const first = world({
      workflows: { w: text },
      script: same.replaceAll('content: first', 'content: same'),
    })
    const old = await first.engine.start({ workflow: 'w' })
    expect(await old.result).toMatchObject({ status: 'passed' })
    const engine = again(first, text, same.replaceAll('content: first', 'content: other'))
    const run = await engine.replay({ run: old.id, fromStep: 'plan/two/make' })
    const result = await run.result
    expect([result.reason, result.status]).toEqual([undefined, 'passed'])
    const events = await engine.events(run.id)
    expect(events.filter((e) => e.type === 'conflict')).toMatchObject([{ task: 'three', action: 'rerun' }])
    expect(launched(events).slice(0, 2)).toEqual(['plan/two/make', 'plan/two/check'])
    expect(first.repo.git('show', `${result.commit}:made-one`)).toBe('same')
  })

  it('repeats what had failed beside it too', async () => {
    const failing = script.replace(/(step: check, task: three\}\n {2}do: \[turn).*\n/u, '$1]\n')
    const first = world({ workflows: { w: text }, script: failing })
    const old = await first.engine.start({ workflow: 'w' })
    expect(await old.result).toMatchObject({ status: 'failed', failedStep: 'plan/three/check' })
    const engine = again(first, text, changed)
    const run = await engine.replay({ run: old.id, fromStep: 'plan/two/check' })
    const result = await run.result
    expect([result.reason, result.status]).toEqual([undefined, 'passed'])
    expect(new Set(launched(await engine.events(run.id)))).toEqual(
      new Set(['plan/two/check', 'plan/three/check', 'after']),
    )
  })

  it('repeats the tasks after it, when they ran one after the other', async () => {
    const inOrder = each(false)
    const first = world({ workflows: { w: inOrder }, script })
    const old = await first.engine.start({ workflow: 'w' })
    await old.result
    const engine = again(first, inOrder, changed)
    const run = await engine.replay({ run: old.id, fromStep: 'plan/two/check' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    expect(launched(await engine.events(run.id))).toEqual([
      'plan/two/check',
      'plan/three/make',
      'plan/three/check',
      'after',
    ])
  })

  it('repeats all of them for a short name', async () => {
    const first = world({ workflows: { w: text }, script })
    const old = await first.engine.start({ workflow: 'w' })
    await old.result
    const engine = again(first, text, changed)
    const run = await engine.replay({ run: old.id, fromStep: 'make' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    expect(launched(await engine.events(run.id)).filter((step) => step.endsWith('make'))).toHaveLength(3)
  })
})

describe('replay of a run that had been resumed', () => {
  const text = `name: w
steps:
  - name: all
    steps:
      - {name: a, agent: scripted, prompt: go}
      - {name: b, agent: scripted, prompt: go, gate: [{bash: "test -e b"}]}
      - {name: c, agent: scripted, prompt: go}
`
  const writing = (step: string, more = ''): string =>
    `- match: {step: ${step}${more}}\n  do: [turn, {write: {path: ${step}, content: x}}]\n`

  it('begins at the named step, although a step before had failed first', async () => {
    const failsFirst = `- match: {step: b, round: 1}\n  do: [turn]\n`
    const { engine } = world({
      workflows: { w: text },
      script: writing('a') + failsFirst + writing('b', ', round: 2') + writing('c'),
    })
    const old = await engine.start({ workflow: 'w' })
    expect(await old.result).toMatchObject({ status: 'failed' })
    expect(await (await engine.resume({ run: old.id })).result).toMatchObject({ status: 'passed' })
    const run = await engine.replay({ run: old.id, fromStep: 'all/c' })
    const result = await run.result
    expect([result.reason, result.status]).toEqual([undefined, 'passed'])
    expect(launched(await engine.events(run.id))).toEqual(['all/c'])
  })
})
