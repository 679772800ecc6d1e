import { describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '@gump/engine'
import { parseAgentScript, scripted } from '@gump/agents'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { memoryPlaybook } from '@gump/schema'
import { fakeClock, type TemporaryRepository } from '@gump/testkit'
import { types, world } from './support/world.js'

const steps = (...list: readonly string[]): string =>
  `name: w\nsteps:\n${list.map((s) => `  - ${s}\n`).join('')}`
const writes = (step: string, more = ''): string =>
  `- match: {step: ${step}}\n  do: [turn, {write: {path: ${step}.txt, content: "${step}"}}, {usage: {input: 10, output: 5, cost_usd: 0.4}}${more}]\n`

/** Another engine on the same repository, as another process would have. */
function again(repo: TemporaryRepository, text: string, script: string, ambient = {}): Engine {
  return createEngine({
    repo: repo.dir,
    playbook: memoryPlaybook({ origin: 'builtin', workflows: [{ ref: 'w', text }] }),
    agents: [scripted(parseAgentScript(script, 'agents.yaml'))],
    gates: builtinGates,
    guards: builtinGuards,
    settings: { sandbox: { mode: 'off', writable: [], hide: [] } },
    ambient,
  })
}

describe('guards', () => {
  it('stop an agent at once, undo its changes and never turn into a pass', async () => {
    const text = steps(
      '{name: a, agent: scripted, prompt: go, guard: {max_turns: 2}, gate: [{bash: "true"}]}',
    )
    const script = `- do: [turn, turn, {write: {path: early, content: x}}, turn, {write: {path: late, content: x}}]`
    const { repo, engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w' })
    const result = await run.result
    const events = await engine.events(run.id)
    expect(result).toMatchObject({ status: 'failed', failedStep: 'a', commit: result.baseCommit })
    expect(types(events)).not.toContain('gate_started')
    expect(events.find((e) => e.type === 'guard_triggered')).toMatchObject({ guard: 'max_turns', limit: '2' })
    const worktree = `../project.gump/run-${run.id}`
    expect([repo.exists(`${worktree}/early`), repo.exists(`${worktree}/late`)]).toEqual([false, false])
    const snapshot = events.find((e) => e.type === 'snapshot_created')
    expect(repo.git('show', `${snapshot?.ref}:early`)).toBe('x')
  })

  it('notice what a read-only step has written, and undo it', async () => {
    const text = steps('{name: a, type: artifact, agent: scripted, prompt: go}')
    const script = `- do: [{line: "{}"}, {out: {artifact: text}}]`
    const sneaky = script.replace('[{line: "{}"}', '[{write: {path: sneaky, content: x}}')
    const { engine } = world({ workflows: { w: text }, script: sneaky })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'a' })
    const trip = (await engine.events(run.id)).find((e) => e.type === 'guard_triggered')
    expect(trip).toMatchObject({ guard: 'no_write' })
  })
})

describe('limits', () => {
  it('stop the run within one increment, and a raised limit lets it continue', async () => {
    const text = steps(...['a', 'b', 'c'].map((name) => `{name: ${name}, agent: scripted, prompt: go}`))
    const script = ['a', 'b', 'c'].map((name) => writes(name)).join('')
    const { repo, engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w', maxBudget: 0.7 })
    expect(await run.result).toMatchObject({
      status: 'failed',
      limitExceeded: 'max_budget',
      usage: { cost_usd: 0.8 },
    })
    const resumed = await again(repo, text, script).resume({ run: run.id, maxBudget: 2 })
    const result = await resumed.result
    expect(result.status).toBe('passed')
    expect(result.usage.cost_usd).toBe(1.2)
    expect(repo.git('log', '--format=%s', `main..${result.commit}`).split('\n')).toEqual([
      'gump: c',
      'gump: b',
      'gump: a',
    ])
  })

  it('stop a run whose time is up', async () => {
    const clock = fakeClock()
    const text = steps('{name: a, agent: scripted, prompt: go}')
    const script = '- do: [turn, {sleep: 1h}, {write: {path: x, content: x}}]'
    const { engine } = world({ workflows: { w: text }, script, ambient: { clock } })
    const run = await engine.start({ workflow: 'w', maxTimeoutMs: 60_000 })
    for await (const event of run.events) {
      if (event.type === 'agent_launched') setImmediate(() => clock.advance(60_001))
    }
    expect(await run.result).toMatchObject({ status: 'failed', limitExceeded: 'max_timeout' })
  })
})

describe('cancellation', () => {
  it('stops agents, records it, and leaves the run resumable', async () => {
    const text = steps('{name: a, agent: scripted, prompt: go}', '{name: b, agent: scripted, prompt: go}')
    const slow =
      writes('a') + '- match: {step: b}\n  do: [turn, {write: {path: half, content: x}}, {sleep: 1h}]\n'
    const { repo, engine } = world({ workflows: { w: text }, script: slow })
    const run = await engine.start({ workflow: 'w' })
    for await (const event of run.events) {
      if (event.type === 'agent_launched' && event.step === 'b') break
    }
    await run.cancel('enough')
    expect(await run.result).toMatchObject({ status: 'cancelled', reason: 'enough' })
    expect((await engine.events(run.id)).find((e) => e.type === 'agent_killed')).toMatchObject({
      by: 'cancel',
    })

    const resumed = await again(repo, text, writes('a') + writes('b')).resume({ run: run.id })
    expect(await resumed.result).toMatchObject({ status: 'passed' })
    const launches = (await engine.events(run.id)).flatMap((e) =>
      e.type === 'agent_launching' ? [`${e.step}.${e.attempt}.${e.launch}`] : [],
    )
    expect(launches).toEqual(['a.1.1', 'b.1.1', 'b.1.2'])
  })

  it('refuses a second owner', async () => {
    const text = steps('{name: a, agent: scripted, prompt: go}')
    const { repo, engine } = world({ workflows: { w: text }, script: '- do: [{sleep: 1h}]' })
    const run = await engine.start({ workflow: 'w' })
    await expect(again(repo, text, '- do: [turn]').resume({ run: run.id })).rejects.toMatchObject({
      code: 'GUMP-L003',
    })
    expect((await engine.find(run.id)).status).toBe('running')
    await run.cancel()
  })
})

describe('outcomes that burn no attempt', () => {
  const text = steps('{name: a, agent: scripted, prompt: go, retry: [{exit: 2}]}')

  it('a sign-in problem stops the run; after it the same attempt runs again', async () => {
    const refused = '- do: [turn]\n  outcome: {failed: auth, message: "please log in"}\n'
    const { repo, engine } = world({ workflows: { w: text }, script: refused })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed', reason: 'please log in' })
    const resumed = await again(repo, text, writes('a')).resume({ run: run.id })
    expect(await resumed.result).toMatchObject({ status: 'passed' })
    const launches = (await engine.events(run.id)).flatMap((e) =>
      e.type === 'agent_launching' ? [`${e.attempt}.${e.launch}`] : [],
    )
    expect(launches).toEqual(['1.1', '1.2'])
  })

  it('a quota parks the step until the provider has said to come back', async () => {
    const clock = fakeClock()
    const script =
      '- match: {launch: 1}\n  do: [turn]\n  outcome: {failed: quota, message: "slow down", retry_after: 5m}\n' +
      writes('a')
    const { engine } = world({ workflows: { w: text }, script, ambient: { clock } })
    const run = await engine.start({ workflow: 'w' })
    for await (const event of run.events) {
      if (event.type === 'agent_parked') setImmediate(() => clock.advance(5 * 60_000))
    }
    expect(await run.result).toMatchObject({ status: 'passed' })
    expect(types(await engine.events(run.id))).toContain('agent_unparked')
  })

  it('a gate without a command stops the run with the remedy', async () => {
    const { engine } = world({ workflows: { w: steps('{name: q, gate: [test]}') }, script: '- do: [turn]' })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed' })
    expect((await engine.events(run.id)).find((e) => e.type === 'circuit_breaker')).toMatchObject({
      step: 'q',
    })
  })

  it('an agent that crashes without a result has failed, whatever its exit code says', async () => {
    const { engine } = world({
      workflows: { w: text },
      script: '- do: [turn, {write: {path: x, content: x}}]\n  outcome: {crash: 0}\n',
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'a' })
    expect((await engine.events(run.id)).filter((e) => e.type === 'agent_failed')).toHaveLength(2)
  })
})

describe('a change of agents', () => {
  const ladder = (second: string): string =>
    steps(`{name: a, agent: claude, prompt: go, gate: [{bash: "false"}], retry: [${second}, {exit: 2}]}`)
  const warnings = async (second: string): Promise<readonly string[]> => {
    const { engine } = world({ workflows: { w: ladder(second) }, script: writes('a') })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    return (await engine.events(run.id)).flatMap((e) => (e.type === 'warning' ? [e.message] : []))
  }

  it('begins a new session, and says so unless the workflow did', async () => {
    expect(await warnings('{attempt: 2, agent: codex}')).toEqual([
      'codex takes over from claude, whose session it cannot continue; starting a new one',
    ])
    expect(await warnings('{attempt: 2, agent: codex, session: new}')).toEqual([])
    expect(await warnings('{attempt: 2, prompt: again}')).toEqual([])
  })
})

describe('a reused session', () => {
  it('is one of the same task: nothing continues in what came before the tasks', async () => {
    const text = `
name: w
steps:
  - {name: plan, agent: scripted, output: plan, prompt: split}
  - name: build
    foreach: plan
    steps:
      - {name: impl, agent: scripted, session: reuse, output: diff, prompt: "do {item.name}"}
      - {name: more, agent: scripted, session: reuse, output: diff, prompt: more}
  - {name: last, agent: scripted, session: reuse, output: diff, prompt: last}
`
    const tasks = ['one', 'two'].map((name) => ({ name, description: name }))
    const script = `- match: {step: plan}\n  do: [{out: {plan: ${JSON.stringify(tasks)}}}]\n- do: [turn]\n`
    const { engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    const modes = (await engine.events(run.id)).flatMap((e) =>
      e.type === 'agent_launching' ? [`${e.step} ${e.session_mode}`] : [],
    )
    expect(modes).toEqual([
      'plan new',
      'build/1/impl new',
      'build/1/more resume',
      'build/2/impl new',
      'build/2/more resume',
      'last resume',
    ])
  })
})

describe('replay', () => {
  const text = steps(...['a', 'b', 'c'].map((name) => `{name: ${name}, agent: scripted, prompt: go}`))

  it('starts a new run from a step, on the history of the old one', async () => {
    const script = ['a', 'b', 'c'].map((name) => writes(name)).join('')
    const { repo, engine } = world({ workflows: { w: text }, script })
    const old = await engine.start({ workflow: 'w' })
    await old.result
    const other = again(repo, text, script.replace('content: "b"', 'content: "other"'))
    const run = await other.replay({ run: old.id, fromStep: 'b' })
    const result = await run.result
    expect(result).toMatchObject({ status: 'passed', usage: { cost_usd: 0.8 } })
    const launches = (await other.events(run.id)).flatMap((e) =>
      e.type === 'agent_launching' && e.replayed !== true ? [e.step] : [],
    )
    expect(launches).toEqual(['b', 'c'])
    expect(repo.git('show', `${result.commit}:b.txt`)).toBe('other')
    expect(repo.git('log', '--format=%s', `main..${result.commit}`).split('\n')).toEqual([
      'gump: c',
      'gump: b',
      'gump: a',
    ])
    expect((await other.apply(run.id)).status).toBe('merged')
    expect(repo.read('a.txt')).toBe('a')
  })

  it('names the steps there are', async () => {
    const { engine } = world({ workflows: { w: text }, script: writes('a') + writes('b') + writes('c') })
    const old = await engine.start({ workflow: 'w' })
    await old.result
    await expect(engine.replay({ run: old.id, fromStep: 'nothing' })).rejects.toMatchObject({
      code: 'GUMP-R002',
    })
  })
})

describe('prompts', () => {
  it('come from files beside the workflow, take context, and warn of what is missing', async () => {
    const text = `
name: w
steps:
  - name: a
    type: artifact
    agent: scripted
    prompt: "Look at {spec}"
    context:
      - file: docs/*.md
      - file: missing.md
      - bash: echo "$((6 * 7))"
`
    const script = '- do: [turn, {out: {artifact: text}}]'
    const files = {
      'README.md': '# Project\n',
      'docs/one.md': 'first\n',
      'spec.md': 'the {error} of {{braces}}\n',
    }
    const { repo, engine } = world({ workflows: { w: text }, script, files })
    const run = await engine.start({ workflow: 'w', spec: 'spec.md' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    const prompt = repo.read(`.gump/runs/${run.id}/artifacts/a/1/prompt.txt`)
    expect(prompt).toContain('docs/one.md:')
    expect(prompt).toContain('42')
    expect(prompt).toContain('Look at the {error} of {{braces}}')
    expect((await engine.events(run.id)).find((e) => e.type === 'warning')).toMatchObject({
      message: 'context file missing.md does not exist',
    })
  })
})
