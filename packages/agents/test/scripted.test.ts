import {
  parseAgentScript,
  scripted,
  type AttemptPosition,
  type EmbeddedProgram,
  type LaunchRequest,
} from '@gump/agents'
import { describe, expect, it } from 'vitest'
import { matches } from '../src/scripted/match.js'

const position: AttemptPosition = {
  step: 'impl',
  path: 'decompose/add-auth/impl',
  task: 'add-auth',
  agent: 'claude-opus',
  round: 1,
  attempt: 2,
  launch: 1,
  type: 'code',
}

function request(overrides: Partial<LaunchRequest> = {}): LaunchRequest {
  return {
    prompt: 'do it',
    model: null,
    sessionId: null,
    cwd: '/ws',
    limits: {},
    scratchDir: '/scratch',
    sandbox: 'detected',
    env: {},
    isRoot: false,
    position,
    ...overrides,
  }
}

function program(text: string, overrides: Partial<LaunchRequest> = {}): EmbeddedProgram {
  const plan = scripted(parseAgentScript(text, 'demo.yaml')).launch(request(overrides))
  if (plan.kind !== 'embedded') throw new Error('an embedded launch was expected')
  return plan.program
}

function play(
  steps: EmbeddedProgram['steps'],
): ReturnType<ReturnType<ReturnType<typeof scripted>['createParser']>['end']> {
  const parser = scripted().createParser()
  let code = 0
  for (const step of steps) {
    if (step.do === 'emit') parser.push(step.line)
    if (step.do === 'exit') {
      code = step.code
      break
    }
  }
  return parser.end({ code, signal: null, stderrTail: '' })
}

describe('scripted', () => {
  it('reports a write before it happens, on a stream its own parser reads', () => {
    const { steps } = program('- do: [{write: {path: a.txt, content: hi}}, {usage: {input: 10, output: 2}}]')
    expect(steps.map((step) => (step.do === 'emit' ? JSON.parse(step.line).type : step.do))).toEqual([
      'session',
      'turn_started',
      'tool_started',
      'write',
      'tool_finished',
      'usage',
      'result',
    ])
    expect(play(steps)).toMatchObject({
      status: 'success',
      turns: 1,
      usage: { tokens: { input: 10, output: 2, cacheRead: 0, cacheWrite: 0 }, scope: 'launch' },
      costUsd: { value: 0, scope: 'launch' },
    })
  })

  it('gives the same program every time, and another session per attempt', () => {
    const text = '- do: [{text: hi}]'
    expect(program(text)).toEqual(program(text))
    const later = program(text, { position: { ...position, attempt: 3 } })
    expect(later.steps[0]).not.toEqual(program(text).steps[0])
  })

  it('continues the session it is asked to continue, and one the script names', () => {
    expect(play(program('- {}', { sessionId: 'old' }).steps)).toMatchObject({ sessionId: 'old' })
    expect(play(program('- do: [{session: mine}]').steps)).toMatchObject({ sessionId: 'mine' })
  })

  it('plays the first entry that matches', () => {
    const text =
      '- {match: {attempt: 1}, do: [{text: one}]}\n- {match: {step: im*}, do: [{text: two}]}\n- do: [{text: three}]'
    expect(play(program(text).steps)).toMatchObject({ finalText: 'two' })
  })

  it('fails as a matter of configuration when nothing matches, and says what was looked for', () => {
    const outcome = play(program('- match: {step: other}').steps)
    expect(outcome).toMatchObject({ status: 'failed', cause: 'configuration' })
    expect(outcome).toHaveProperty('message', expect.stringContaining('demo.yaml'))
    expect(outcome).toHaveProperty('message', expect.stringContaining('"decompose/add-auth/impl"'))
    expect(outcome).toHaveProperty('message', expect.stringContaining('attempt 2'))
    expect(scripted().launch(request())).toMatchObject({ kind: 'embedded' })
  })

  it('plays failures, crashes and early exits', () => {
    expect(play(program('- outcome: {failed: quota, message: later, retry_after: 1s}').steps)).toMatchObject({
      status: 'failed',
      cause: 'quota',
      message: 'later',
      retryAt: { afterMs: 1000 },
    })
    expect(play(program('- outcome: {failed: error, session_refused: true}').steps)).toMatchObject({
      sessionRefused: true,
    })
    expect(play(program('- {do: [{text: hi}], outcome: {crash: 137}}').steps)).toMatchObject({
      status: 'failed',
      cause: 'interrupted',
    })
    expect(play(program('- {do: [{text: hi}], outcome: crash}').steps)).toMatchObject({ cause: 'no_result' })
    expect(play(program('- {do: [{text: hi}, {exit: 0}]}').steps)).toMatchObject({ cause: 'no_result' })
  })

  it('writes outputs where steps look for them', () => {
    const { steps } = program('- do: [{out: {plan: [{name: a}]}}, {out: {artifact: text}}]')
    expect(steps.filter((step) => step.do === 'write')).toEqual([
      { do: 'write', path: '.gump/out/plan.json', content: '[\n  {\n    "name": "a"\n  }\n]\n' },
      { do: 'write', path: '.gump/out/artifact.md', content: 'text' },
    ])
  })

  it('answers to another name when told', () => {
    expect(scripted(undefined, { name: 'scripted:demo.yaml' }).name).toBe('scripted:demo.yaml')
  })
})

describe('matches', () => {
  it.each([
    [{ step: 'impl' }, true],
    [{ step: 'im*' }, true],
    [{ step: 'decompose/*/impl' }, true],
    [{ step: 'decompose/*' }, false],
    [{ step: 'decompose/**' }, true],
    [{ step: '**/impl' }, true],
    [{ step: 'i*l*z' }, false],
    [{ task: '*' }, true],
    [{ agent: 'claude-*' }, true],
    [{ attempt: [1, 2] }, true],
    [{ attempt: [1] }, false],
    [{ type: 'split' as const }, false],
    [{ step: 'impl', launch: [2] }, false],
  ])('%j: %s', (match, expected) => {
    expect(matches(match, position)).toBe(expected)
  })

  it('needs a task to match a task', () => {
    expect(matches({ task: '*' }, { ...position, task: null })).toBe(false)
  })

  it('takes no time for hostile patterns', () => {
    const pattern = '*a'.repeat(200)
    expect(matches({ step: pattern }, { ...position, step: 'a'.repeat(2000) })).toBe(true)
    expect(matches({ step: `${pattern}b` }, { ...position, step: 'a'.repeat(2000) })).toBe(false)
  })
})
