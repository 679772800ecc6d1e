import { parseAgentScript, scripted } from '@gump/agents'
import { createEngine } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { memoryPlaybook } from '@gump/schema'
import { temporaryRepository, type TemporaryRepository } from '@gump/testkit'
import { afterEach, describe, expect, it } from 'vitest'

const workflow = `
name: old
steps:
  - name: decompose
    agent: claude-opus
    output: plan
    prompt: Split the work
    gate: [schema]
  - name: build
    foreach: decompose
    steps:
      - name: prepare
        agent: claude-haiku
        output: artifact
        prompt: Think about {item.name}
      - name: impl
        agent: claude-haiku
        session: reuse
        prompt: Do {item.description} with {steps.prepare.output}
        gate: [compile]
        on_failure:
          gate_fail:
            retry: 3
            strategy: [same, "escalate: claude-sonnet", "replan: claude-opus"]
          guard_fail:
            retry: 1
        guard:
          max_turns: 3
      - name: check
        agent: claude-haiku
        output: review
        prompt: Review {item.name}
        on_failure:
          review_fail:
            retry: 1
            restart_from: impl
          gate_fail:
            retry: 1
`

const head = `
- match: {step: decompose}
  do: [{out: {plan: [{name: one, description: First}, {name: two, description: Second}]}}]
- match: {step: prepare}
  do: [{out: {artifact: notes}}]
`
const good = `
- match: {step: impl}
  do: [turn, {write: {path: done, content: "good\\n"}}]
- match: {step: check}
  do: [{out: {validate: {pass: true, comments: ok}}}]
`

const repositories: TemporaryRepository[] = []
afterEach(() => {
  for (const repo of repositories.splice(0)) repo.remove()
})

async function run(middle: string, workflows: Readonly<Record<string, string>> = { old: workflow }) {
  const repo = temporaryRepository()
  repositories.push(repo)
  const script = parseAgentScript(head + middle + good, 'agents.yaml')
  const texts = Object.entries(workflows).map(([ref, text]) => ({ ref, text }))
  const engine = createEngine({
    repo: repo.dir,
    playbook: memoryPlaybook({ origin: 'builtin', workflows: texts }),
    agents: [scripted(script, { name: 'claude' })],
    gates: builtinGates,
    guards: builtinGuards,
    settings: {
      gateCommands: { compile: '! grep -qs bad done' },
      sandbox: { mode: 'off', writable: [], hide: [] },
    },
  })
  const started = await engine.start({ workflow: 'old' })
  const result = await started.result
  const events = await engine.events(started.id)
  await engine.close()
  const prompts = events.flatMap((e) =>
    e.type === 'agent_launching'
      ? [repo.read(`.gump/runs/${started.id}/${e.prompt.path}`).split('\n\n').slice(0, 2).join('|')]
      : [],
  )
  return {
    result,
    prompts,
    files: repo.git('ls-tree', '-r', '--name-only', result.commit ?? 'HEAD').split('\n'),
    launches: events.flatMap((e) =>
      e.type === 'agent_launching' ? [`${e.step} ${e.agent} ${e.round}.${e.attempt} ${e.session_mode}`] : [],
    ),
    retries: events.flatMap((e) => (e.type === 'retry_triggered' ? [e] : [])),
  }
}

const bad = (match: string): string =>
  `- match: {${match}}\n  do: [{write: {path: done, content: "bad\\n"}}]\n`

describe('a workflow of the earlier dialect', () => {
  it('numbers its items and reuses the session of the step before', async () => {
    const { result, launches } = await run('')
    expect(result.status).toBe('passed')
    expect(launches).toEqual([
      'decompose claude-opus 1.1 new',
      'build/1/prepare claude-haiku 1.1 new',
      'build/1/impl claude-haiku 1.1 resume',
      'build/1/check claude-haiku 1.1 new',
      'build/2/prepare claude-haiku 1.1 new',
      'build/2/impl claude-haiku 1.1 resume',
      'build/2/check claude-haiku 1.1 new',
    ])
  })

  it('retries with the same agent, then escalates; both start over', async () => {
    const { result, retries } = await run(bad('step: impl, task: one, attempt: [1, 2]'))
    expect(result.status).toBe('passed')
    expect(retries.map((r) => [r.next_attempt, r.agent, r.session, r.worktree])).toEqual([
      [2, 'claude-haiku', 'new', 'reset'],
      [3, 'claude-sonnet', 'new', 'reset'],
    ])
  })

  it('splits the failing item at the end of the ladder', async () => {
    const again = `- match: {step: "replan.1"}\n  do: [{out: {plan: [{name: a, description: A}, {name: b, description: B}]}}]\n`
    const { result, launches } = await run(again + bad('step: impl, task: one'))
    expect(result.status).toBe('passed')
    expect(launches.filter((l) => l.includes('replan'))).toEqual([
      'build/1/replan.1 claude-opus 1.1 new',
      'build/1/replan.1/a/prepare claude-haiku 1.1 new',
      'build/1/replan.1/a/impl claude-haiku 1.1 resume',
      'build/1/replan.1/a/check claude-haiku 1.1 new',
      'build/1/replan.1/b/prepare claude-haiku 1.1 new',
      'build/1/replan.1/b/impl claude-haiku 1.1 resume',
      'build/1/replan.1/b/check claude-haiku 1.1 new',
    ])
  })

  it('has a policy of its own for guards', async () => {
    const chatty = `- match: {step: impl, task: one}\n  do: [turn, turn, turn, turn, {write: {path: late, content: x}}]\n`
    const { result, retries } = await run(chatty)
    expect(result).toMatchObject({ status: 'failed', failedStep: 'build/1/impl' })
    expect(retries.map((r) => r.cause)).toEqual(['guard'])
  })

  it('tries again after a guard that trips once', async () => {
    const chatty = `- match: {step: impl, task: one, attempt: 1}\n  do: [turn, turn, turn, turn, {write: {path: late, content: x}}]\n`
    const { result, retries } = await run(chatty)
    expect(result.status).toBe('passed')
    expect(retries.map((r) => [r.cause, r.next_attempt, r.agent, r.worktree])).toEqual([
      ['guard', 2, 'claude-haiku', 'reset'],
    ])
  })

  it('falls back to the policy for gates after a crash, and restarts nothing', async () => {
    const crash = `- match: {step: check, task: one, attempt: 1}\n  do: [turn]\n  outcome: crash\n`
    const { result, retries, launches } = await run(crash)
    expect(result.status).toBe('passed')
    expect(retries.map((r) => [r.step, r.cause, r.next_attempt])).toEqual([['build/1/check', 'agent', 2]])
    expect(launches.filter((launch) => launch.startsWith('build/1/impl'))).toHaveLength(1)
  })

  it('has failed when the ladder of its cause has ended', async () => {
    const never = `- match: {step: check, task: one}\n  do: [{out: {validate: {pass: false, comments: "never"}}}]\n`
    const { result, retries } = await run(never)
    expect(result).toMatchObject({ status: 'failed', failedStep: 'build/1/check' })
    expect(retries.map((r) => [r.cause, r.restart_from])).toEqual([['review', 'impl']])
  })

  it('goes back to an earlier step when the review says no', async () => {
    const no = `- match: {step: check, task: one, attempt: 1}\n  do: [{out: {validate: {pass: false, comments: "again"}}}]\n`
    const { result, launches } = await run(no)
    expect(result.status).toBe('passed')
    expect(launches.filter((l) => l.startsWith('build/1/impl') || l.startsWith('build/1/check'))).toEqual([
      'build/1/impl claude-haiku 1.1 resume',
      'build/1/check claude-haiku 1.1 new',
      'build/1/impl claude-haiku 2.1 resume',
      'build/1/check claude-haiku 1.2 new',
    ])
  })

  it('calls a workflow for each task, with fields of the task', async () => {
    const caller = `
name: old
steps:
  - {name: decompose, agent: claude-opus, output: plan, prompt: Split}
  - name: build
    foreach: decompose
    workflow: one-task
    with: {what: "{item.name}: {item.description}"}
    on_failure: {retry: 1}
`
    const called = `
name: one-task
steps:
  - {name: prepare, agent: claude-haiku, output: artifact, prompt: "Think about {what}"}
  - {name: impl, agent: claude-haiku, output: diff, prompt: "Do {what}"}
  - {name: check, agent: claude-haiku}
`
    const { result, launches, prompts } = await run('', { old: caller, 'one-task': called })
    expect(result.status).toBe('passed')
    expect(launches.slice(1).map((launch) => launch.split(' ')[0])).toEqual([
      'build/1/prepare',
      'build/1/impl',
      'build/1/check',
      'build/2/prepare',
      'build/2/impl',
      'build/2/check',
    ])
    const asked = prompts.map((prompt) => prompt.split('|').at(-1)?.trim())
    expect(asked.slice(1, 4)).toEqual([
      'Think about one: First',
      'Do one: First',
      // The default prompt of a step that works on a task.
      'one\nFirst',
    ])
    expect(asked.slice(4, 6)).toEqual(['Think about two: Second', 'Do two: Second'])
  })

  it('gives the parts of a failing task to the workflow it calls', async () => {
    const caller = `
name: old
steps:
  - {name: decompose, agent: claude-opus, output: plan, prompt: Split}
  - name: build
    foreach: decompose
    workflow: one-task
    with: {what: "{item.name}: {item.description}"}
    on_failure: {retry: 1, strategy: ["replan: claude-opus"]}
`
    const called = `
name: one-task
steps:
  - {name: impl, agent: claude-haiku, output: diff, prompt: "Do {what}", gate: [compile]}
`
    const again = `- match: {step: "replan.1"}\n  do: [{out: {plan: [{name: a, description: A}, {name: b, description: B}]}}]\n`
    const { result, prompts } = await run(again + bad('step: impl, task: one'), {
      old: caller,
      'one-task': called,
    })
    expect(result.status).toBe('passed')
    expect(prompts.filter((prompt) => prompt.startsWith('Do '))).toEqual([
      'Do one: First',
      'Do a: A',
      'Do b: B',
      'Do two: Second',
    ])
  })

  it('splits the failing item of a group again and keeps the items that have passed', async () => {
    const group = `
name: old
steps:
  - {name: decompose, agent: claude-opus, output: plan, prompt: Split}
  - name: build
    foreach: decompose
    steps:
      - {name: impl, agent: claude-haiku, prompt: "Do {item.description}", gate: [compile]}
    on_failure: {retry: 2, strategy: [same, "replan: claude-opus"]}
`
    const again = `- match: {step: "replan.1"}\n  do: [{out: {plan: [{name: a, description: A}, {name: b, description: B}]}}]\n`
    const { result, launches } = await run(again + bad('step: impl, task: two'), { old: group })
    expect(result.status).toBe('passed')
    expect(launches).toEqual([
      'decompose claude-opus 1.1 new',
      'build/1/impl claude-haiku 1.1 new',
      'build/2/impl claude-haiku 1.1 new',
      // The whole group once more, as it is written.
      'build/1/impl claude-haiku 2.1 new',
      'build/2/impl claude-haiku 2.1 new',
      'build/2/replan.1 claude-opus 1.1 new',
      'build/2/replan.1/a/impl claude-haiku 1.1 new',
      'build/2/replan.1/b/impl claude-haiku 1.1 new',
    ])
  })

  it('does so side by side, and merges the parts with what the others made', async () => {
    const group = `
name: old
steps:
  - {name: decompose, agent: claude-opus, output: plan, prompt: Split}
  - name: build
    foreach: decompose
    parallel: true
    steps:
      - {name: impl, agent: claude-haiku, prompt: "Do {item.description}", gate: [compile]}
    on_failure: {retry: 1, strategy: ["replan: claude-opus"]}
`
    const writes = (task: string): string =>
      `- match: {step: impl, task: ${task}}\n  do: [{write: {path: "${task}.txt", content: "${task}\\n"}}]\n`
    const again = `- match: {step: "replan.1"}\n  do: [{out: {plan: [{name: a, description: A}, {name: b, description: B}]}}]\n`
    const { result, launches, files } = await run(
      again + bad('step: impl, task: one') + writes('two') + writes('a') + writes('b'),
      { old: group },
    )
    expect(result.status).toBe('passed')
    expect(launches.filter((launch) => launch.startsWith('build/2'))).toEqual([
      'build/2/impl claude-haiku 1.1 new',
    ])
    expect(files).toEqual(['README.md', 'a.txt', 'b.txt', 'two.txt'])
  })
})
