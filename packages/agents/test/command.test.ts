import { command, resolveAgent, type AgentAdapter, type CommandAgent, type LaunchPlan } from '@gump/agents'
import { agentConformance, readFixtures, sampleRequest } from '@gump/agents/conformance'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { fillCommand } from '../src/launch/command-template.js'

function agent(config: CommandAgent): AgentAdapter {
  const found = resolveAgent('command:bot', [command({ bot: config })])
  if (!found.ok) throw new Error(found.problem.message)
  return found.agent.adapter
}

function launch(line: string, model: string | null = null): LaunchPlan {
  return agent({ command: line, format: 'text' }).launch(sampleRequest({ model, sessionId: null }))
}

describe('command', () => {
  it('hands the prompt over on stdin, or in a file where the command wants one', () => {
    expect(launch('bot --fast')).toMatchObject({ file: 'bot', args: ['--fast'], stdin: 'Do it.' })
    const plan = launch('bot --task {prompt_file}')
    expect(plan).toMatchObject({
      args: ['--task', '/work/scratch/prompt.txt'],
      files: { 'prompt.txt': 'Do it.' },
    })
    expect(plan).not.toHaveProperty('stdin')
  })

  it('hands the prompt over as one argument where the command wants that', () => {
    const plan = launch('bot -p {prompt} --fast')
    expect(plan).toMatchObject({ file: 'bot', args: ['-p', 'Do it.', '--fast'] })
    expect(plan).not.toHaveProperty('stdin')
    expect(plan).not.toHaveProperty('files')
    expect(agent({ command: 'bot {prompt}', format: 'text' }).capabilities.stdinPrompt).toBe(false)
  })

  it('leaves out what there is no value for', () => {
    expect(launch('bot --model {model} -v')).toMatchObject({ args: ['-v'] })
    expect(launch('bot --model={model} -v')).toMatchObject({ args: ['-v'] })
    expect(launch('bot --model {model} -v', 'm 1; rm')).toMatchObject({ args: ['--model', 'm 1; rm', '-v'] })
  })

  it('can resume when its command takes a session', () => {
    expect(agent({ command: 'bot --resume {session}', format: 'jsonl' }).capabilities.resume).toBe(true)
    expect(agent({ command: 'bot', format: 'jsonl' }).capabilities.resume).toBe(false)
  })

  it('knows no name that is not configured', () => {
    const family = command({ bot: { command: 'bot', format: 'text' } })
    expect(family.withArgument?.('other')).toBeNull()
    expect(family.withArgument?.('constructor')).toBeNull()
    const plan = family.launch(sampleRequest())
    expect(plan.kind === 'embedded' && JSON.stringify(plan.program)).toContain('configured: bot')
  })

  describe("with Gump's own stream conforms", () => {
    const success = readFixtures(fileURLToPath(new URL('fixtures/scripted', import.meta.url))).filter(
      (fixture) => fixture.name === 'success',
    )
    const adapter = agent({ command: 'bot --model {model}', format: 'jsonl' })
    for (const { name, run } of agentConformance(adapter, success)) it(name, run)
  })
})

describe('the text format', () => {
  const parser = (lines: readonly string[]): ReturnType<AgentAdapter['createParser']> => {
    const made = agent({ command: 'bot', format: 'text' }).createParser()
    for (const line of lines) made.push(line)
    return made
  }

  it('takes the exit code for the verdict and all output for the final message', () => {
    const lines = ['Looking.', '', '{"not":"an event"}', '']
    const done = parser(lines).end({ code: 0, signal: null, stderrTail: '' })
    expect(done).toEqual({ status: 'success', turns: 1, finalText: 'Looking.\n\n{"not":"an event"}' })
    const failed = parser(lines).end({ code: 2, signal: null, stderrTail: 'boom' })
    expect(failed).toMatchObject({ status: 'failed', cause: 'error', message: 'exit code 2: boom' })
  })

  it.each([
    [['litellm.AuthenticationError: Incorrect API key provided'], '', { cause: 'auth', kind: 'sign_in' }],
    [
      ['✗ Error: 429 Too many requests. Retry after 30 seconds'],
      'done.',
      { cause: 'quota', retryAt: { afterMs: 30_000 } },
    ],
    [['I will look at it.', 'Error: model "x-9" not found'], '', { cause: 'configuration', kind: 'model' }],
    [['The rate limiter hits the rate limit too early.'], '', { cause: 'error' }],
    [['Error: Invalid API key', ...Array.from({ length: 6 }, () => 'It continues.')], '', { cause: 'error' }],
  ])('reads errors at the end of what a failed program has printed: %j', (lines, stderrTail, outcome) => {
    expect(parser(lines).end({ code: 1, signal: null, stderrTail })).toMatchObject(outcome)
    expect(parser(lines).end({ code: 0, signal: null, stderrTail }).status).toBe('success')
  })

  it('takes silence and a kill for what they are', () => {
    expect(parser([' ']).end({ code: 0, signal: null, stderrTail: '' })).toMatchObject({ cause: 'no_result' })
    expect(parser(['x']).end({ code: null, signal: 'SIGKILL', stderrTail: '' })).toMatchObject({
      cause: 'interrupted',
    })
  })

  it('keeps the end of an endless output', () => {
    const line = 'x'.repeat(100_000)
    const done = parser([...Array.from({ length: 100 }, () => line), 'the end']).end({
      code: 0,
      signal: null,
      stderrTail: '',
    })
    expect(done.finalText?.length).toBeLessThan(4.3 * 1024 * 1024)
    expect(done.finalText?.endsWith('the end')).toBe(true)
  })
})

describe('fillCommand', () => {
  it.each([
    [`a "b c" 'd e' --x={v}`, ['a', 'b c', 'd e', '--x=1 2']],
    ['a {unknown}', ['a', '{unknown}']],
    ['a {none}', ['a']],
    ['a -m {none} b', ['a', 'b']],
    ['a -m=x {none} b', ['a', '-m=x', 'b']],
  ])('%s', (line, words) => {
    expect(fillCommand(line, { v: '1 2', none: null })).toEqual(words)
  })
})
