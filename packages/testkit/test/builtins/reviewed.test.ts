import { describe, expect, it } from 'vitest'
import { split, test, verdict, writes } from '../../src/crash/agent-script.js'
import { play } from './play.js'

describe('parallel-tasks', () => {
  const impl = (name: string, how: 'works' | 'broken', attempt = ''): string =>
    writes(`step: impl, task: ${name}${attempt}`, name, how, test(name))

  it('works on tasks side by side and merges them in order', async () => {
    const { result, events, file } = await play(
      'parallel-tasks',
      split('decompose') + impl('alpha', 'works') + impl('beta', 'works'),
    )
    expect(result.status).toBe('passed')
    expect(events.flatMap((e) => (e.type === 'integrated' ? [e.task] : []))).toEqual(['alpha', 'beta'])
    expect([file('src/alpha.js'), file('src/beta.js')]).toEqual(['alpha works', 'beta works'])
  })

  it('refuses changes outside of a task, and retries', async () => {
    const stray = writes('step: impl, task: beta, attempt: 1', 'alpha', 'works')
    const script = split('decompose') + impl('alpha', 'works') + stray + impl('beta', 'works')
    const { result, events } = await play('parallel-tasks', script)
    expect(events.find((e) => e.type === 'gate_failed')).toMatchObject({ gate: 'blast_radius' })
    // The stray file is still there at the second attempt, so it takes the agent to take it back.
    expect(result.status).toBe('failed')
  })

  it('keeps the work of the others when one fails', async () => {
    const { result, repo } = await play(
      'parallel-tasks',
      split('decompose') + impl('alpha', 'works') + impl('beta', 'broken'),
    )
    expect(result).toMatchObject({ status: 'failed', failedStep: 'decompose/beta/impl' })
    const kept = repo.git('for-each-ref', '--format=%(refname)', 'refs/gump').split('\n')
    expect(kept.some((ref) => ref.includes('decompose/alpha/impl/'))).toBe(true)
  })
})

describe('implement-spec', () => {
  const start = split('decompose', ['alpha']) + writes('step: converge', 'alpha', 'works', test('alpha'))
  const smoke = '- match: {step: smoke}\n  do: [turn]\n'

  it("converges on the third attempt with the reviewer's words in the prompt", async () => {
    const script =
      start +
      smoke +
      verdict('step: verdict, round: 1', false, 'move it to the core') +
      verdict('step: verdict, round: 2', false, 'rename the module') +
      verdict('step: verdict', true, 'fine')
    const { result, prompt, launches, events } = await play('implement-spec', script)
    expect(result.status).toBe('passed')
    expect(launches('decompose/alpha/converge')).toEqual([
      'claude-sonnet@1',
      'claude-sonnet@2',
      'claude-sonnet@3',
    ])
    expect(prompt('decompose/alpha/converge', 2)).toContain('move it to the core')
    expect(prompt('decompose/alpha/converge', 3)).toContain('rename the module')
    expect(prompt('decompose/alpha/converge/gate.arch-review/verdict', 1)).toContain('alpha works')
    expect(
      events.find((e) => e.type === 'warning' && e.message.includes('docs/architecture.md')),
    ).toBeDefined()
  })

  it('escalates and starts over at the fourth attempt; smoke runs with the agent that converged', async () => {
    const script =
      start +
      smoke +
      verdict('step: verdict, round: [1, 2, 3]', false, 'no') +
      verdict('step: verdict', true, 'yes')
    const { result, launches, events } = await play('implement-spec', script)
    expect(result.status).toBe('passed')
    expect(launches('decompose/alpha/converge').at(-1)).toBe('claude-opus@4')
    expect(launches('decompose/alpha/smoke')).toEqual(['claude-opus@1'])
    const converged = events.flatMap((e) => (e.type === 'session_started' ? [e] : []))
    const last = converged.findLast((e) => e.step === 'decompose/alpha/converge')
    const smoked = events.find((e) => e.type === 'agent_launching' && e.step === 'decompose/alpha/smoke')
    expect(smoked).toMatchObject({ session_mode: 'resume', session_id: last?.session_id })
    const retry = events.findLast((e) => e.type === 'retry_triggered')
    expect(retry).toMatchObject({ session: 'new', worktree: 'reset', escalated: true })
  })

  it('fails when the reviewer is never content', async () => {
    const { result, launches } = await play('implement-spec', start + verdict('step: verdict', false, 'no'))
    expect(result).toMatchObject({ status: 'failed', failedStep: 'decompose/alpha/converge' })
    expect(launches('decompose/alpha/converge')).toHaveLength(6)
  })
})

describe('adversarial-review', () => {
  const start =
    split('decompose', ['alpha']) +
    writes('step: impl', 'alpha', 'works', test('alpha')) +
    '- match: {step: correctness}\n  do: [{out: {artifact: "line 1 is wrong"}}]\n' +
    '- match: {step: design}\n  do: [{out: {artifact: "nothing found"}}]\n'

  it('passes when the arbiter accepts', async () => {
    const { result, prompt } = await play('adversarial-review', start + verdict('step: arbiter', true, ''))
    expect(result.status).toBe('passed')
    expect(prompt('decompose/alpha/arbiter', 1)).toContain('line 1 is wrong')
  })

  it('goes back to the implementation with what the arbiter said', async () => {
    const script =
      start + verdict('step: arbiter, attempt: 1', false, 'handle zero') + verdict('step: arbiter', true, '')
    const { result, launches, prompt } = await play('adversarial-review', script)
    expect(result.status).toBe('passed')
    expect(launches('decompose/alpha/impl')).toEqual(['claude-sonnet@1', 'claude-sonnet@1'])
    expect(prompt('decompose/alpha/impl', '2.1.1')).toContain('handle zero')
  })

  it('converges on the third version, each written against the latest objections', async () => {
    const script =
      start +
      verdict('step: arbiter, attempt: 1', false, 'handle zero') +
      verdict('step: arbiter, attempt: 2', false, 'handle minus one') +
      verdict('step: arbiter', true, '')
    const { result, launches, prompt } = await play('adversarial-review', script)
    expect(result.status).toBe('passed')
    expect(launches('decompose/alpha/impl')).toHaveLength(3)
    expect(prompt('decompose/alpha/impl', '3.1.1')).toContain('handle minus one')
    expect(prompt('decompose/alpha/impl', '3.1.1')).not.toContain('handle zero')
  })

  it('gives up after three times', async () => {
    const { result, launches } = await play(
      'adversarial-review',
      start + verdict('step: arbiter', false, 'no'),
    )
    expect(result).toMatchObject({ status: 'failed', failedStep: 'decompose/alpha/arbiter' })
    expect(launches('decompose/alpha/impl')).toHaveLength(4)
  })
})

describe('validators/arch-review', () => {
  it('runs alone', async () => {
    const inputs = { agent: 'claude-opus', diff: '--- a\n+++ b\n' }
    const accepted = await play('validators/arch-review', verdict('step: verdict', true, 'fine'), inputs)
    expect(accepted.result.status).toBe('passed')
    expect(accepted.prompt('verdict', 1)).toContain('--- a\n+++ b')
    const refused = await play('validators/arch-review', verdict('step: verdict', false, 'no'), inputs)
    expect(refused.result).toMatchObject({ status: 'failed', reason: 'no' })
  })

  it('says which inputs are missing', async () => {
    await expect(play('validators/arch-review', '- do: [turn]')).rejects.toMatchObject({ code: 'GUMP-T003' })
  })
})
