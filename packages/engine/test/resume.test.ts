import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineAgent, parseAgentScript, scripted } from '@gump/agents'
import type { Engine, Run } from '@gump/engine'
import type { LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const eachWorkflow = (parallel: boolean): string => `name: w
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: ${parallel}
    each:
      - {name: make, agent: scripted, prompt: "{spec}"}
      - {name: check, agent: scripted, prompt: "check {task.name}", gate: [{bash: "test -e good-{task.name}"}]}
`
const splits = `- match: {step: plan}
  do: [{out: {plan: [{name: one, description: d}, {name: two, description: d}]}}]
`
/** The second task's last step never is what its gate wants, in its first round. */
const script = `${splits}- match: {step: make, task: one}
  do: [turn, {write: {path: made-one, content: x}}, {usage: {input: 1, output: 1, cost_usd: 0.25}}]
- match: {step: make, task: two}
  do: [turn, {write: {path: made-two, content: x}}, {usage: {input: 1, output: 1, cost_usd: 0.25}}]
- match: {step: check, task: one}
  do: [turn, {write: {path: good-one, content: x}}]
`
const second = (round: number, actions: string): string =>
  `- match: {step: check, task: two, round: ${round}}\n  do: [turn${actions}]\n`
const works = ', {write: {path: good-two, content: x}}'
const files = { 'docs/deep/spec.md': 'Build what was asked for first.\n', 'README.md': 'hello\n' }

/** The runs of a step that were launched after the last resume. */
function launchedSince(events: readonly LedgerEvent[]): readonly string[] {
  const from = events.findLastIndex(({ type }) => type === 'run_resumed')
  return events.slice(from).flatMap((e) => (e.type === 'agent_launching' ? [e.step] : []))
}

async function goOn(engine: Engine, run: Run, agent?: string): Promise<readonly LedgerEvent[]> {
  const more = agent === undefined ? {} : { agent }
  const result = await (await engine.resume({ run: run.id, ...more })).result
  expect([result.reason, result.status]).toEqual([undefined, 'passed'])
  return engine.events(run.id)
}

describe.each([false, true])('a run with tasks (side by side: %s)', (parallel) => {
  const workflows = { w: eachWorkflow(parallel) }

  it('that failed in one of them does that one again, and nothing else', async () => {
    const { engine, repo } = world({ workflows, script: script + second(1, '') + second(2, works), files })
    const run = await engine.start({ workflow: 'w', spec: 'docs/deep/spec.md' })
    expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'plan/two/check' })
    const events = await goOn(engine, run)
    expect(launchedSince(events)).toEqual(['plan/two/check'])
    expect(events.at(-1)).toMatchObject({ usage: { cost_usd: 0.5 } })
    const tree = repo.git('ls-tree', '--name-only', `gump/run-${run.id}`).split('\n')
    expect(tree).toEqual(expect.arrayContaining(['good-one', 'good-two', 'made-one', 'made-two']))
  })

  it('that failed is taken up by another agent', async () => {
    const forCodex = second(2, works).replace('round: 2', 'round: 2, agent: codex')
    const { engine } = world({ workflows, script: script + second(1, '') + forCodex, files })
    const run = await engine.start({ workflow: 'w', spec: 'docs/deep/spec.md' })
    await run.result
    const events = await goOn(engine, run, 'codex')
    expect(events.findLast((e) => e.type === 'agent_launching')).toMatchObject({
      agent: 'codex',
      step: 'plan/two/check',
    })
  })

  it.each([
    ['was stopped at work', '  do: [turn, {sleep: 1h}]\n', 'agent_launched'],
    [
      'waits for a quota',
      '  do: [turn]\n  outcome: {failed: quota, message: used up, retry_after: 1h}\n',
      'agent_parked',
    ],
  ])('one of whose agents %s continues with another agent', async (_, does, until) => {
    const forCodex = `- match: {step: check, task: two, agent: codex}\n  do: [turn${works}]\n`
    const waits = `- match: {step: check, task: two}\n${does}`
    const { engine } = world({ workflows, script: script + forCodex + waits, files })
    const run = await engine.start({ workflow: 'w', spec: 'docs/deep/spec.md' })
    for await (const event of run.events) {
      if (event.type === until && 'step' in event && event.step === 'plan/two/check') break
    }
    await run.cancel()
    await run.result
    const events = await goOn(engine, run, 'codex')
    const launching = events.flatMap((e) =>
      e.type === 'agent_launching' && e.step === 'plan/two/check' ? [[e.agent, e.attempt, e.launch]] : [],
    )
    expect(launching).toEqual([
      ['scripted', 1, 1],
      ['codex', 1, 2],
    ])
  })

  it('that was cancelled in one of them does not repeat what had passed', async () => {
    const { engine } = world({
      workflows,
      script: script + second(1, ', {sleep: 1h}').replace('round: 1', 'launch: 1') + second(1, works),
      files,
    })
    const run = await engine.start({ workflow: 'w', spec: 'docs/deep/spec.md' })
    const waiting = new Set(['step_completed plan/one/check', 'agent_launched plan/two/check'])
    for await (const event of run.events) {
      if ('step' in event) waiting.delete(`${event.type} ${event.step}`)
      if (waiting.size === 0) break
    }
    await run.cancel()
    expect(await run.result).toMatchObject({ status: 'cancelled' })
    const events = await goOn(engine, run)
    expect(launchedSince(events).filter((step) => step.startsWith('plan/one'))).toEqual([])
  })

  it('continues with the spec and the workflow that it began with, even when they have changed', async () => {
    const { engine, repo } = world({ workflows, script: script + second(1, '') + second(2, works), files })
    const run = await engine.start({ workflow: 'w', spec: 'docs/deep/spec.md' })
    await run.result
    writeFileSync(join(repo.dir, 'docs/deep/spec.md'), 'Something else.\n')
    repo.git('commit', '-qam', 'change the spec')
    await goOn(engine, run)
    const again = await engine.replay({ run: run.id, fromStep: 'plan/two/make' })
    await again.result
    const events = await engine.events(again.id)
    const launching = events.find(
      (e) => e.type === 'agent_launching' && e.replayed !== true && e.step === 'plan/two/make',
    )
    const path = launching?.type === 'agent_launching' ? launching.prompt.path : 'none'
    expect(readFileSync(join(again.dir, path), 'utf8')).toContain('Build what was asked for first.')
  })
})

describe('a budget that cannot be held for the agent that a person names', () => {
  const text =
    'name: w\nmax_budget: 5\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [{bash: "test -e b"}]}\n'
  const played = parseAgentScript(
    '- match: {round: 1}\n  do: [turn]\n- do: [turn, {write: {path: b, content: x}}]\n',
    'agents.yaml',
  )
  const priced = scripted(played)
  const plain = scripted(played, { name: 'codex' })
  const unpriced = defineAgent({ ...plain, capabilities: { ...plain.capabilities, nativeCost: false } })

  it('is held as far as it can be, which is said', async () => {
    const { engine } = world({ workflows: { w: text }, script: '- do: [turn]', agents: [priced, unpriced] })
    const run = await engine.start({ workflow: 'w', maxBudget: 5 })
    await run.result
    const request = { run: run.id, agent: 'codex' }
    const resumed = await engine.resume(request)
    expect(await resumed.result).toMatchObject({ status: 'passed' })
    const replayed = await engine.replay({ ...request, fromStep: 'a' })
    await replayed.result
    for (const { id } of [resumed, replayed]) {
      const events = await engine.events(id)
      const warnings = events.flatMap((event) =>
        event.type === 'warning' && event.code !== undefined ? [event] : [],
      )
      expect(warnings).toMatchObject([
        {
          code: 'GUMP-P012',
          message: expect.stringMatching(/^the budget of \$5 cannot be held for codex: /u),
        },
      ])
    }
  })
})
