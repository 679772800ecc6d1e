import { claude, type LaunchRequest, type ProcessLaunch } from '@gump/agents'
import { sampleRequest } from '@gump/agents/conformance'
import { describe, expect, it } from 'vitest'

function launch(overrides: Partial<LaunchRequest>): ProcessLaunch {
  const plan = claude().launch(sampleRequest(overrides))
  if (plan.kind !== 'process') throw new Error('a process was expected')
  return plan
}

describe('launch', () => {
  it('asks for a stream, with the prompt on stdin', () => {
    expect(launch({ prompt: 'go', limits: {} })).toEqual({
      kind: 'process',
      file: 'claude',
      args: [
        '-p',
        '--output-format',
        'stream-json',
        '--verbose',
        '--include-partial-messages',
        '--dangerously-skip-permissions',
        '--model',
        'some-model',
      ],
      env: { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' },
      stdin: 'go',
      stateDirs: ['/home/alice/.claude', '/home/alice/.cache/claude-cli-nodejs'],
      stateFiles: ['/home/alice/.claude.json'],
    })
  })

  it('hands limits to the CLI, which counts from the start of the launch', () => {
    const limits = { maxTurns: 7, maxBudgetUsd: 1.5 }
    expect(launch({ limits, sessionId: 's' }).args.slice(-6)).toEqual([
      '--resume',
      's',
      '--max-turns',
      '7',
      '--max-budget-usd',
      '1.5',
    ])
  })

  it('claims a sandbox as root only when one is in force', () => {
    const asRoot = launch({ isRoot: true, sandbox: 'enforced' })
    expect(asRoot.env).toHaveProperty('IS_SANDBOX', '1')
    expect(asRoot.args).toContain('--dangerously-skip-permissions')

    const unfenced = launch({ isRoot: true, sandbox: 'detected' })
    expect(unfenced.env).not.toHaveProperty('IS_SANDBOX')
    expect(unfenced.args).not.toContain('--dangerously-skip-permissions')
    expect(unfenced.args).toContain('acceptEdits')

    const declared = launch({ isRoot: true, sandbox: 'detected', env: { IS_SANDBOX: '1' } })
    expect(declared.env).not.toHaveProperty('IS_SANDBOX')
    expect(declared.args).toContain('--dangerously-skip-permissions')
  })
})

describe('what no recording shows', () => {
  it('wants another result when a turn follows one', () => {
    const parser = claude().createParser()
    const message = (id: string): string =>
      JSON.stringify({ type: 'assistant', message: { id, content: [] } })
    parser.push(message('a'))
    parser.push(result({ is_error: false, result: 'Done.' }))
    parser.push(message('a'))
    expect(parser.standing?.()).toEqual({ lastWord: 'final', background: 0 })
    parser.push(message('b'))
    expect(parser.standing?.()).toEqual({ lastWord: 'none', background: 0 })
    expect(parser.end({ ...exit, code: 0 })).toMatchObject({ status: 'failed', cause: 'no_result', turns: 2 })
    parser.push(result({ is_error: false, result: 'Done again.' }))
    expect(parser.end({ ...exit, code: 0 })).toMatchObject({ status: 'success', turns: 2 })
  })

  it('reads lines that are wrapped in terminal escapes', () => {
    const parser = claude().createParser()
    parser.push(`\u001B]0;claude\u0007\u001B[?25h${result({ is_error: false, result: 'Done.' })}\u001B[0m`)
    expect(parser.end({ ...exit, code: 0 })).toMatchObject({ status: 'success', finalText: 'Done.' })
  })

  it('does not take the answer for the error where the result leaves open which it is', () => {
    const parser = claude().createParser()
    parser.push(result({ is_error: undefined, result: 'Done: all tests pass.' }))
    expect(parser.end({ ...exit, code: 0 })).toMatchObject({
      status: 'failed',
      cause: 'no_result',
      message: 'the result does not tell whether it is an error; it says: Done: all tests pass.',
    })
  })

  const exit = { code: 1, signal: null, stderrTail: '' }
  const result = (members: object): string =>
    JSON.stringify({ type: 'result', subtype: 'success', is_error: true, ...members })

  it('knows when a subscription may be used again', () => {
    const parser = claude().createParser()
    parser.push('{"type":"rate_limit_event","rate_limit_info":{"status":"rejected","resetsAt":1795230000}}')
    parser.push(result({ api_error_status: 429, result: 'limit' }))
    expect(parser.end(exit)).toMatchObject({ cause: 'quota', retryAt: { epochMs: 1_795_230_000_000 } })

    const older = claude().createParser()
    older.push(result({ api_error_status: 429, result: 'Claude AI usage limit reached|1795230000' }))
    expect(older.end(exit)).toMatchObject({ cause: 'quota', retryAt: { epochMs: 1_795_230_000_000 } })
  })

  it('reads the wait that the provider announces', () => {
    const parser = claude().createParser()
    const message = 'API Error: Request rejected (429) · Limit exceeded. Try again in 5s.'
    parser.push(result({ api_error_status: 429, result: message }))
    expect(parser.end(exit)).toMatchObject({ cause: 'quota', retryAt: { afterMs: 5000 } })
  })

  it.each([
    [529, 'quota'],
    [503, 'quota'],
    [403, 'auth'],
    [500, 'error'],
  ])('status %i: %s', (status, cause) => {
    const parser = claude().createParser()
    parser.push(result({ api_error_status: status, result: 'no' }))
    expect(parser.end(exit)).toMatchObject({ status: 'failed', cause })
  })

  it('takes session counters for what they are where the CLI tells no others', () => {
    const parser = claude().createParser()
    const model = { inputTokens: 10, outputTokens: 5, cacheReadInputTokens: 2, cacheCreationInputTokens: 1 }
    parser.push(result({ is_error: false, result: 'done', modelUsage: { m: model }, total_cost_usd: 0.5 }))
    expect(parser.end({ ...exit, code: 0 })).toMatchObject({
      status: 'success',
      usage: { tokens: { input: 10, output: 5, cacheRead: 2, cacheWrite: 1 }, scope: 'session' },
      costUsd: { value: 0.5, scope: 'session' },
    })
  })

  it('adds up the results of a launch that continues after its first', () => {
    const parser = claude().createParser()
    const since = { m: { inputTokens: 10, outputTokens: 5, costUSD: 0.1 } }
    const line = result({ is_error: false, model_usage_since_last_result: since })
    parser.push(line)
    parser.push(line)
    expect(parser.end({ ...exit, code: 0 })).toMatchObject({
      usage: { tokens: { input: 20, output: 10, cacheRead: 0, cacheWrite: 0 }, scope: 'launch' },
      costUsd: { value: 0.2, scope: 'launch' },
    })
  })

  it('counts the messages of sub-agents as tokens, not as turns', () => {
    const parser = claude().createParser()
    const message = { id: 'm', content: [], usage: { input_tokens: 10 } }
    const events = parser.push(JSON.stringify({ type: 'assistant', parent_tool_use_id: 't', message }))
    expect(events).toEqual([
      { type: 'usage', mode: 'delta', tokens: { input: 10, output: 0, cacheRead: 0, cacheWrite: 0 } },
    ])
  })

  it('warns of tools that were denied', () => {
    const parser = claude().createParser()
    expect(
      parser.push(result({ permission_denials: [{ tool_name: 'Bash' }, { tool_name: 'Bash' }] })),
    ).toEqual([{ type: 'warning', message: 'the agent was not permitted to use Bash' }])
  })
})
