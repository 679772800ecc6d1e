import { createPlainRenderer, type DisplayLevel } from '@gump/report'
import type { LedgerEvent, NewEvent } from '@gump/ledger'
import { describe, expect, test } from 'vitest'
import { recorded, recordedLedger } from './support/ledgers.js'
import {
  completed,
  done,
  ended,
  failedGate,
  group,
  launching,
  nothing,
  passedGate,
  record,
  retry,
  started,
  step,
  turn,
  usage,
} from './support/record.js'
import { cheapRun } from './support/sample-runs.js'

function show(events: readonly LedgerEvent[], level: DisplayLevel = 'normal', color = false): string {
  const renderer = createPlainRenderer({ color, level })
  return events.flatMap((event) => renderer.push(event)).join('\n')
}

describe('the plain display', () => {
  test('says one fact per line', () => {
    expect(show(cheapRun())).toBe(
      `
🍿 gump run cheap2sota --spec spec.md

→ Step 1: Decompose
  [decompose]                running  (claude-sonnet)  attempt 1
  [decompose]                pass     2 tasks  $0.14  8s

→ Step 2: Decompose, 2 tasks
  [decompose/fix-login/impl]  running  (qwen)  attempt 1/6
  [decompose/fix-login/impl]  gate     compile ✓  test ✓
  [decompose/fix-login/impl]  pass     1 file +12 −4  $0.19  11s
  [decompose/add-auth/impl]   running  (qwen)  attempt 1/6
  [decompose/add-auth/impl]   gate     compile ✓  test ✗
  [decompose/add-auth/impl]   retry    attempt 2/6 — same agent
  [decompose/add-auth/impl]   running  (qwen)  attempt 2/6
  [decompose/add-auth/impl]   gate     compile ✓  test ✓
  [decompose/add-auth/impl]   pass     1 file +33 −2  $0.50  30s

  2 tasks passed (1 retry, 0 escalations)

→ Step 3: Quality
  [quality]                   gate     compile ✓  lint ✓  e2e skipped
  [quality]                   pass                        —   2s

Run completed: pass  duration: 52s  cost: $0.83  turns: 8
  gump report    gump apply`.slice(1),
    )
  })

  test('continues below the column of what does not fit the terminal', () => {
    const renderer = createPlainRenderer({ color: true, columns: () => 58 })
    const lines = cheapRun().flatMap((event) => renderer.push(event))
    const plain = lines.join('\n').replaceAll(/\u001b\[[0-9;]*m/gu, '')
    expect(plain).toContain(
      `
  [decompose/add-auth/impl]   gate     compile ✓  test ✗
  [decompose/add-auth/impl]   retry    attempt 2/6 — same
                                       agent
`,
    )
  })

  test('ends a failed run with the step, the reason and what helps', async () => {
    const lines = show(await recordedLedger('0.1.0/interrupted-then-failed')).split('\n')
    expect(lines.slice(-5)).toEqual([
      '',
      'Run completed: fail  duration: 1m 36s  cost: $0.25  turns: 1',
      '  failed: impl (attempt 2/2)',
      '  reason: impl: the agent ended without a result (exit 137)',
      '  gump report --detail impl    gump logs latest impl    gump run --resume',
    ])
  })

  test('quiet says what went wrong and how it ended', async () => {
    expect(show(cheapRun(), 'quiet')).toBe(
      '\nRun completed: pass  duration: 52s  cost: $0.83  turns: 8\n  gump report    gump apply',
    )
    const failed = show(await recordedLedger('0.1.0/interrupted-then-failed'), 'quiet').split('\n')
    expect(failed.slice(0, 2)).toEqual([
      '  warning: the last line was incomplete (112 bytes) and has been cut off',
      '  [impl]                     fail     attempt 2/2  $0.25  1m 33s',
    ])
  })

  test('verbose shows turns, the first ten actions, and errors of gates', () => {
    const actions = [
      { kind: 'write', tool: 'Write', target: 'src/a.ts' },
      { kind: 'write', tool: 'Write', target: 'src/b\u001b[2J.ts' },
      { kind: 'shell', tool: 'Bash', target: 'npm test', ok: false },
    ]
    const events = record()
      .put(
        started('simple'),
        step({ step: 'impl', agent: 'claude' }),
        launching({ step: 'impl', agent: 'claude' }),
      )
      .put(turn({ step: 'impl', n: 2, usage: usage(0.1, 3600), actions, ms: 34_000 }))
      .put(
        turn({
          step: 'impl',
          n: 3,
          usage: nothing,
          actions: Array.from({ length: 13 }, () => actions[0]!),
          ms: 100,
        }),
      )
      .put(failedGate({ step: 'impl', gate: 'test', error: 'one\r\n\r\n  two \u001b[31mred' })).events
    expect(show(events, 'verbose').split('\n').slice(4)).toEqual([
      '  [impl]                     T2  coding  2 write, 1 bash  4.8k tok  34s',
      '  [impl]                         write src/a.ts',
      String.raw`  [impl]                         write src/b\x1b[2J.ts`,
      '  [impl]                         bash npm test ✗',
      '  [impl]                     T3  coding  13 write  100ms',
      ...Array.from({ length: 10 }, () => '  [impl]                         write src/a.ts'),
      '  [impl]                         +3 more',
      '  [impl]                     gate     test ✗  500ms',
      '  [impl]                       one',
      String.raw`  [impl]                       two \x1b[31mred`,
    ])
  })

  test('names what happens besides', () => {
    const at = { step: 'impl', round: 1, attempt: 1 }
    const launch = { ...at, launch: 1 }
    const metrics = { usage: usage(0.1), turns: 1, duration_ms: 1000 }
    const events: NewEvent[] = [
      { type: 'workspace_ready', workspace: 'run', commit: 'c', slot: null, setup_ms: 5000 },
      { type: 'workspace_ready', workspace: 'run', commit: 'c', slot: null },
      {
        type: 'guard_triggered',
        ...launch,
        guard: 'max_turns',
        reason: 'turn 31',
        limit: '30',
        observed: '31',
      },
      { type: 'agent_killed', ...launch, ...metrics, reason: 'max_turns', by: 'guard' },
      { type: 'agent_killed', ...launch, ...metrics, reason: 'cancelled', by: 'cancel' },
      {
        type: 'agent_failed',
        ...launch,
        ...metrics,
        cause: 'auth',
        message: 'not signed in',
        remedy: 'sign in',
      },
      { type: 'agent_parked', ...launch, until: '2026-03-26T03:00:00.000Z', reason: 'limit' },
      { type: 'agent_unparked', ...launch },
      launching({ step: 'impl', launch: 2, agent: 'claude' }),
      { type: 'output_collected', ...launch, from: 'none', error: 'no plan.json' },
      { type: 'hitl_paused', ...at, at: 'before_gate' },
      { type: 'hitl_resumed', ...at, at: 'before_gate', decision: 'retry', note: 'again' },
      { type: 'integrated', step: 'split', task: 'a', commit: 'c', merged: 'm', base_commit: 'b' },
      { type: 'conflict', step: 'split', task: 'b', files: ['x', 'y'], action: 'rerun', onto: 'c' },
      retry({
        step: 'impl',
        agent: 'codex',
        escalated: true,
        more: { session: 'new', worktree: 'reset', restart_from: 'red' },
      }),
      { type: 'budget_exceeded', limit: 'max_budget', allowed: 5, observed: 5.01 },
      { type: 'budget_exceeded', limit: 'max_tokens', allowed: 1000, observed: 1500 },
      { type: 'budget_exceeded', limit: 'max_timeout', allowed: 60_000, observed: 61_000 },
      { type: 'circuit_breaker', step: 'impl', reason: 'not signed in', remedy: 'sign in' },
      { type: 'warning', message: 'no spec' },
      { type: 'warning', message: 'odd', step: 'impl' },
      { type: 'cancel_requested', reason: 'Ctrl-C' },
      { type: 'replay_started', from_run: 'run_1', from_step: 'red' },
      { type: 'timer_fired', timer: 't' },
    ]
    const shown = show(
      record().put(started('simple'), step({ step: 'impl', agent: 'claude', max: 3 }), ...events).events,
    )
    expect(shown.split('\n').slice(4)).toEqual([
      '  [run]                      setup    5s',
      '  [impl]                     guard    max_turns: turn 31',
      '  [impl]                     killed   cancelled',
      '  [impl]                     error    not signed in — sign in',
      '  [impl]                     parked   until 2026-03-26 03:00 UTC — limit',
      '  [impl]                     resumed',
      '  [impl]                     running  (claude)  attempt 1/3 again',
      '  [impl]                     error    no plan.json',
      '  [impl]                     paused   for a person, before the gates',
      '  [impl]                     person   retry — again',
      '  [split/a]                  merged',
      '  [split/b]                  conflict  x, y — runs again on the merged state',
      '  [impl]                     retry    attempt 2/3 — escalated to codex, new session, worktree reset, restart from red',
      '  limit: max_budget $5.01 of $5.00',
      '  limit: max_tokens 1.5k tokens of 1.0k tokens',
      '  limit: max_timeout 1m 01s of 1m 00s',
      '  [impl]                     stop     not signed in — sign in',
      '  warning: no spec',
      '  [impl]                     warning  odd',
      '  cancelling: Ctrl-C',
      '  replay of run_1 from red',
    ])
  })

  test('counts what passed of parallel and of nested tasks', () => {
    const two = { items: ['a', 'b'] }
    const events = record().put(
      started('x'),
      group({ step: 'build', ...two, parallel: true }),
      step({ step: 'build/a/impl', agent: 'x' }),
      step({ step: 'build/b/split', agent: 'x', type: 'split' }),
      done({ step: 'build/b/split', ms: 1 }),
      group({ step: 'build/b/split', items: ['k'], each: true }),
      step({ step: 'build/b/split/k/impl', agent: 'x', max: 2 }),
      retry({ step: 'build/b/split/k/impl' }),
      step({ step: 'build/b/split/k/impl', attempt: 2, agent: 'x', max: 2 }),
      done({ step: 'build/b/split/k/impl', attempt: 2, ms: 1 }),
      done({ step: 'build/a/impl', status: 'fatal', ms: 1, reason: 'no' }),
      done({ step: 'build', kind: 'group', status: 'fatal', ms: 5, reason: 'build/a/impl: no' }),
      ended('failed', usage(0.1), 10_000, { step: 'build/a/impl', reason: 'no' }),
    ).events
    const lines = show(events).split('\n')
    expect(lines).toContain('→ Step 1: Build, 2 tasks')
    expect(lines).toContain('→ build/b/split, 1 task')
    expect(lines).toContain('  1 of 2 tasks passed (1 retry, 0 escalations)')
    expect(lines).toContain('  build/b/split: 1 task passed (1 retry, 0 escalations)')
    expect(lines.filter((line) => line.startsWith('→ Step'))).toHaveLength(1)
  })

  test.each([
    ['an interruption', []],
    ['an end', [ended('failed', usage(1), 1000, { step: 'split/a/impl' })]],
  ])('names the section again when a run is resumed after %s, and continues it', (_after, ends) => {
    const events = record().put(
      started('x'),
      step({ step: 'split', agent: 'x', type: 'split' }),
      done({ step: 'split', ms: 1 }),
      group({ step: 'split', items: ['a', 'b'], each: true }),
      step({ step: 'split/a/impl', agent: 'x' }),
      done({ step: 'split/a/impl', ms: 1 }),
      ...ends,
      { type: 'run_resumed', owner: 2, retry_failed: false },
      step({ step: 'split/b/impl', agent: 'x' }),
      done({ step: 'split/b/impl', ms: 1 }),
      step({ step: 'quality' }),
    ).events
    const lines = show(events)
      .split('\n')
      .filter((line) => /^→|tasks passed|^🍿/.test(line))
    expect(lines).toEqual([
      '🍿 gump run x --spec spec.md',
      '→ Step 1: Split',
      '→ Step 2: Split, 2 tasks',
      ...(ends.length === 0 ? [] : ['  1 of 2 tasks passed (0 retries, 0 escalations)']),
      '🍿 gump run --resume',
      '→ Step 2: Split, 2 tasks',
      '  2 tasks passed (0 retries, 0 escalations)',
      '→ Step 3: Quality',
    ])
  })

  test.each([
    ['passed', {}, '  gump report    gump apply'],
    [
      'paused',
      { step: 'impl' },
      '  gump run --resume --approve    gump run --resume --reject "why"    gump report',
    ],
    ['cancelled', { step: 'impl' }, '  gump run --resume    gump report    gump logs latest impl'],
    [
      'failed',
      { step: "a/it's; rm -rf ~" },
      String.raw`  gump report --detail 'a/it'\''s; rm -rf ~'    gump logs latest 'a/it'\''s; rm -rf ~'    gump run --resume`,
    ],
    ['failed', {}, '  gump report    gump logs latest    gump run --resume'],
  ] as const)('after %s it suggests what to do', (status, more, commands) => {
    expect(
      show(record().put(ended(status, usage(1), 1000, more)).events)
        .split('\n')
        .at(-1),
    ).toBe(commands)
  })

  test('after a limit the suggestion raises it', () => {
    const events = record().put(
      { type: 'budget_exceeded', limit: 'max_budget', allowed: 1, observed: 1.2 },
      ended('failed', usage(1.2), 1000, { reason: 'the budget is spent' }),
    ).events
    expect(show(events)).toContain('gump run --resume --max-budget <USD>')
  })

  test('unpriced is never shown as free', () => {
    const run = (total: ReturnType<typeof usage>) =>
      show(
        record().put(
          started('x'),
          step({ step: 'impl', agent: 'cursor' }),
          launching({ step: 'impl', agent: 'cursor' }),
          completed({ step: 'impl', usage: total }),
          done({ step: 'impl', usage: total, ms: 1000 }),
          ended('passed', total, 2000),
        ).events,
      )
    expect(run(usage(0, 100, 'unpriced'))).toContain('cost: unpriced')
    expect(run(usage(1.42, 100, 'unpriced'))).toContain('cost: $1.42 + unpriced')
    expect(run(usage(0.0042))).toContain('cost: $0.0042')
  })

  test('colour is only there when asked for, and changes nothing else', () => {
    const plain = show(cheapRun())
    expect(plain).not.toContain('\u001b')
    const styled = show(cheapRun(), 'normal', true)
    expect(styled).toContain('\u001b[32m')
    expect(styled.replaceAll(/\u001b\[\d+m/g, '').replaceAll(/ +$/gm, '')).toBe(plain)
  })

  test('an agent that is killed while its gates were on is not forgotten', () => {
    const events = record().put(
      step({ step: 'impl', agent: 'x' }),
      passedGate({ step: 'impl', gate: 'compile' }),
      ended('cancelled', nothing, 10),
    ).events
    expect(show(events)).toContain('gate     compile ✓')
  })

  test.each(recorded)('%s', async (name) => {
    const lines = show(await recordedLedger(name), 'verbose')
    await expect(lines).toMatchFileSnapshot(`fixtures/golden/${name.replace('/', '-')}.plain.txt`)
    expect(lines).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/)
  })
})
