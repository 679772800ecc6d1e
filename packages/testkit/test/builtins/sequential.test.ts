import { describe, expect, it } from 'vitest'
import { split, test, writes } from '../../src/crash/agent-script.js'
import { play } from './play.js'

describe('freeform', () => {
  it('passes', async () => {
    const { result, file } = await play('freeform', writes('step: work', 'alpha', 'works'))
    expect(result.status).toBe('passed')
    expect(file('src/alpha.js')).toBe('alpha works')
  })

  it('tries again when it does not compile', async () => {
    const script =
      writes('step: work, attempt: 1', 'alpha', 'syntax') + writes('step: work', 'alpha', 'works')
    const { result, launches, prompt } = await play('freeform', script)
    expect(result.status).toBe('passed')
    expect(launches('work')).toEqual(['claude-opus@1', 'claude-opus@2'])
    expect(prompt('work', 2)).toContain('gate compile failed')
  })

  it('fails after its last attempt', async () => {
    const { result, launches } = await play('freeform', writes('step: work', 'alpha', 'syntax'))
    expect(result).toMatchObject({ status: 'failed', failedStep: 'work' })
    expect(launches('work')).toHaveLength(3)
  })
})

describe('simple', () => {
  const beta = (how: 'works' | 'syntax', attempt = ''): string =>
    writes(`step: code, task: beta${attempt}`, 'beta', how)
  const alpha = split('decompose') + writes('step: code, task: alpha', 'alpha', 'works')

  it('passes', async () => {
    const { result, file } = await play('simple', alpha + beta('works'))
    expect(result.status).toBe('passed')
    expect([file('src/alpha.js'), file('src/beta.js')]).toEqual(['alpha works', 'beta works'])
  })

  it('escalates at the third attempt', async () => {
    const { result, launches } = await play(
      'simple',
      alpha + beta('syntax', ', attempt: [1, 2]') + beta('works'),
    )
    expect(result.status).toBe('passed')
    expect(launches('decompose/beta/code')).toEqual(['claude-sonnet@1', 'claude-sonnet@2', 'claude-opus@3'])
  })

  it('fails, and keeps what passed', async () => {
    const { result, file } = await play('simple', alpha + beta('syntax'))
    expect(result).toMatchObject({ status: 'failed', failedStep: 'decompose/beta/code' })
    expect(file('src/alpha.js')).toBe('alpha works')
    expect(file('src/beta.js')).toBeNull()
  })
})

describe('tdd', () => {
  const red = (name: string): string =>
    `- match: {step: red, task: ${name}}\n  do: [{write: {path: test/${name}.test.js, content: "checks\\n"}}]\n`
  const start =
    split('decompose') + red('alpha') + red('beta') + writes('step: green, task: alpha', 'alpha', 'works')
  const green = (how: 'works' | 'broken', attempt = ''): string =>
    writes(`step: green, task: beta${attempt}`, 'beta', how)

  it('passes, test first', async () => {
    const { result, repo } = await play('tdd', start + green('works'))
    expect(result.status).toBe('passed')
    expect(repo.git('log', '--reverse', '--format=%s', `main..${result.commit}`).split('\n')).toEqual([
      'gump: decompose/alpha/red',
      'gump: decompose/alpha/green',
      'gump: decompose/beta/red',
      'gump: decompose/beta/green',
    ])
  })

  it('retries in the session of red, then escalates to sonnet in a new one', async () => {
    const { result, events } = await play(
      'tdd',
      start + green('broken', ', attempt: [1, 2]') + green('works'),
    )
    expect(result.status).toBe('passed')
    const sessions = events.flatMap((e) =>
      e.type === 'agent_launching' && e.step.startsWith('decompose/beta/') ? [[e.agent, e.session_mode]] : [],
    )
    expect(sessions).toEqual([
      ['claude-haiku', 'new'],
      ['claude-haiku', 'resume'],
      ['claude-haiku', 'resume'],
      ['claude-sonnet', 'new'],
    ])
  })

  it('does not accept a red step whose tests pass', async () => {
    const lazy = `- match: {step: red}\n  do: [{write: {path: test/none.md, content: "x"}}]\n`
    const { result, events } = await play('tdd', split('decompose') + lazy)
    expect(result).toMatchObject({ status: 'failed', failedStep: 'decompose/alpha/red' })
    const failed = events.flatMap((e) => (e.type === 'gate_failed' && e.attempt === 1 ? [e.gate] : []))
    expect(failed).toContain('tests_fail')
  })

  it('fails when green never gets there', async () => {
    const { result, launches } = await play('tdd', start + green('broken'))
    expect(result).toMatchObject({ status: 'failed', failedStep: 'decompose/beta/green' })
    expect(launches('decompose/beta/green')).toHaveLength(5)
  })
})

describe('cheap2sota', () => {
  const alpha = split('decompose') + writes('step: impl, task: alpha', 'alpha', 'works', test('alpha'))
  const beta = (how: 'works' | 'broken', attempt = ''): string =>
    writes(`step: impl, task: beta${attempt}`, 'beta', how, test('beta'))
  const ladder = ['qwen@1', 'qwen@2', 'claude-haiku@3', 'claude-sonnet@4', 'claude-opus@5', 'claude-opus@6']

  it('passes with the cheap agent', async () => {
    const { result, launches } = await play('cheap2sota', alpha + beta('works'))
    expect(result.status).toBe('passed')
    expect(launches('decompose/beta/impl')).toEqual(['qwen@1'])
  })

  it('goes up the ladder until it passes', async () => {
    const { result, launches } = await play(
      'cheap2sota',
      alpha + beta('broken', ', attempt: [1, 2, 3]') + beta('works'),
    )
    expect(result.status).toBe('passed')
    expect(launches('decompose/beta/impl')).toEqual(ladder.slice(0, 4))
  })

  it('fails at the top of the ladder', async () => {
    const { result, launches, prompt } = await play('cheap2sota', alpha + beta('broken'))
    expect(result).toMatchObject({ status: 'failed', failedStep: 'decompose/beta/impl' })
    expect(launches('decompose/beta/impl')).toEqual(ladder)
    expect(prompt('decompose/beta/impl', 5)).toContain('Its changes have been taken back; start over.')
  })
})

describe('bugfix', () => {
  const start =
    split('diagnose', ['alpha']) +
    `- match: {step: reproduce}\n  do: [{write: {path: test/alpha.test.js, content: "checks\\n"}}]\n`
  const patch = (how: 'works' | 'broken', attempt = ''): string =>
    writes(`step: patch${attempt}`, 'alpha', how)

  it('passes', async () => {
    const { result } = await play('bugfix', start + patch('works'))
    expect(result.status).toBe('passed')
  })

  it('escalates', async () => {
    const { result, launches } = await play(
      'bugfix',
      start + patch('broken', ', attempt: [1, 2]') + patch('works'),
    )
    expect(result.status).toBe('passed')
    expect(launches('diagnose/alpha/patch')).toEqual(['claude-sonnet@1', 'claude-sonnet@2', 'claude-opus@3'])
  })

  it('fails', async () => {
    const { result } = await play('bugfix', start + patch('broken'))
    expect(result).toMatchObject({ status: 'failed', failedStep: 'diagnose/alpha/patch' })
  })
})

describe('refactor', () => {
  const step = (how: 'works' | 'syntax', attempt = ''): string =>
    writes(`step: apply${attempt}`, 'alpha', how)
  const start = split('decompose', ['alpha'])

  it('passes', async () => {
    expect((await play('refactor', start + step('works'))).result.status).toBe('passed')
  })

  it('starts over with a stronger agent', async () => {
    const { result, launches } = await play(
      'refactor',
      start + step('syntax', ', attempt: [1, 2]') + step('works'),
    )
    expect(result.status).toBe('passed')
    expect(launches('decompose/alpha/apply').at(-1)).toBe('claude-opus@3')
  })

  it('fails when a test was changed', async () => {
    const { result, events } = await play(
      'refactor',
      start + writes('step: apply', 'alpha', 'works', test('alpha')),
    )
    expect(result.status).toBe('failed')
    expect(events.find((e) => e.type === 'gate_failed')).toMatchObject({ gate: 'untouched' })
  })
})
