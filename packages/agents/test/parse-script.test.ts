import { GumpError, type Diagnostic } from '@gump/errors'
import { parseAgentScript } from '@gump/agents'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

function problems(text: string): readonly Diagnostic[] {
  try {
    parseAgentScript(text, 'demo.yaml')
  } catch (error) {
    if (error instanceof GumpError) return error.diagnostics
    throw error
  }
  return []
}

describe('parseAgentScript', () => {
  it('reads every action', () => {
    const script = parseAgentScript(
      `
- match: {step: impl, task: a*, agent: claude, attempt: 1, round: [1, 2], launch: 1, type: code}
  do:
    - session: s-1
    - turn
    - write: {path: a.txt, content: hi, mode: 0o755}
    - edit: {path: a.txt, find: hi, replace: ho}
    - delete: b.txt
    - out: {plan: [{name: a}]}
    - event: {type: warning, message: careful}
    - text: done
    - usage: {input: 10, output: 5, cache_read: 2, cache_write: 1, cost_usd: 0.5}
    - tool: {name: Bash, kind: shell, command: make, ok: false, output: boom}
    - sleep: 1m30s
    - stderr: oops
    - line: not json
    - cost: 0.25
    - exit: 3
  outcome: {failed: quota, message: later, retry_after: 5m}
`,
      'demo.yaml',
    )
    expect(script.entries).toHaveLength(1)
    const [entry] = script.entries
    expect(entry?.match).toEqual({
      step: 'impl',
      task: 'a*',
      agent: 'claude',
      type: 'code',
      attempt: [1],
      round: [1, 2],
      launch: [1],
    })
    expect(entry?.actions.map((action) => action.action)).toEqual([
      'session',
      'turn',
      'write',
      'edit',
      'delete',
      'out',
      'event',
      'text',
      'usage',
      'tool',
      'sleep',
      'stderr',
      'line',
      'usage',
      'exit',
    ])
    expect(entry?.actions[2]).toEqual({ action: 'write', path: 'a.txt', content: 'hi', mode: 0o755 })
    expect(entry?.actions[10]).toEqual({ action: 'sleep', ms: 90_000 })
    expect(entry?.outcome).toEqual({
      kind: 'failed',
      cause: 'quota',
      message: 'later',
      retryAfterMs: 300_000,
    })
  })

  it('takes success and no cost for granted', () => {
    expect(parseAgentScript('- {}', 'x').entries).toEqual([
      { match: {}, actions: [], outcome: { kind: 'success' } },
    ])
    expect(parseAgentScript('- cost: 0.02', 'x').entries[0]?.actions).toEqual([
      { action: 'usage', tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }, costUsd: 0.02 },
    ])
  })

  it('writes a text output as it is, so that broken JSON can be played', () => {
    const [entry] = parseAgentScript('- do: [{out: {validate: "{oops"}}]', 'x').entries
    expect(entry?.actions).toEqual([{ action: 'out', output: 'validate', content: '{oops' }])
  })

  it('reports all problems at once, with line, column and the closest legal key', () => {
    const found = problems(
      '- mach: {step: a}\n- do:\n    - wirte: {path: a, content: b}\n    - sleep: soon\n',
    )
    expect(
      found.map(({ range, suggestion }) => [range?.start.line, range?.start.column, suggestion]),
    ).toEqual([
      [1, 3, 'match'],
      [3, 7, 'write'],
      [4, 14, undefined],
    ])
    expect(found.every(({ code, file }) => code === 'GUMP-A001' && file === 'demo.yaml')).toBe(true)
  })

  it.each([
    ['a mapping instead of a list', 'do: []'],
    ['broken YAML', '- {'],
    ['two keys in one action', '- do: [{text: a, turn: true}]'],
    ['an action after exit', '- do: [{exit: 1}, {text: never}]'],
    ['an unknown cause', '- outcome: {failed: bored}'],
    ['crash with a message', '- outcome: {crash: 1, message: no}'],
    ['an outcome without cause', '- outcome: {message: no}'],
    ['attempt zero', '- match: {attempt: 0}'],
    ['negative tokens', '- do: [{usage: {input: -1}}]'],
    ['an exit code that is none', '- do: [{exit: 900}]'],
    ['an event of no kind', '- do: [{event: {type: party}}]'],
    ['a path that is none', '- do: [{write: {path: "", content: a}}]'],
    ['two outputs', '- do: [{out: {plan: [], artifact: a}}]'],
  ])('refuses %s', (_what, text) => {
    expect(problems(text).length).toBeGreaterThan(0)
  })

  it('throws nothing but located errors, whatever the text', () => {
    const yamlish = fc.oneof(
      fc.string(),
      fc.string({
        unit: fc.constantFrom('- ', 'do', ':', ' ', '\n', '{', '}', '[', ']', 'match', '&a', '*a', '1', '~'),
      }),
    )
    fc.assert(
      fc.property(yamlish, (text) => {
        problems(text)
      }),
    )
  })
})
