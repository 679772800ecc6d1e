import { formatDiagnostics } from '@gump/errors'
import { parseWorkflow, type GroupStep, type RetryPolicy } from '@gump/schema'
import { describe, expect, test } from 'vitest'

function parse(text: string) {
  const result = parseWorkflow({ ref: 'demo', origin: 'project', file: 'demo.yaml', text, files: {} })
  return { ...result, shown: formatDiagnostics(result.diagnostics, { 'demo.yaml': text }, { width: 120 }) }
}

const codes = (text: string) =>
  parse(text).diagnostics.map(({ code, range }) => `${code} ${range?.start.line}:${range?.start.column}`)

/** The retry policy of a v3 step whose on_failure is given as flow YAML. */
function policy(onFailure: string, session = 'fresh'): RetryPolicy {
  const { workflow, shown } = parse(`name: x
steps:
  - {name: plan, output: plan, agent: p}
  - name: build
    foreach: plan
    steps:
      - {name: before, agent: a}
      - name: a
        output: diff
        agent: a
        session: ${session}
        gate: [test]
        on_failure: ${onFailure}
`)
  if (workflow === null) throw new Error(shown)
  const retry = (workflow.steps[1] as GroupStep).steps[1]!.retry
  if (retry === undefined) throw new Error('no retry')
  return retry
}

/** An entry without its places. */
function plain(retry: RetryPolicy): string[] {
  return retry.entries.map(({ condition, cause, override }) => {
    const value = (text: unknown) =>
      typeof text === 'object' && text !== null && 'text' in text ? text.text : text
    const written = Object.entries(override).filter(([key]) => key !== 'restartRange')
    const changes = written.map(([key, text]) => `${key}=${String(value(text))}`)
    const when = condition.when === 'attempt' ? String(condition.attempt) : condition.when
    return [when, ...(cause === undefined ? [] : [cause]), ...changes].join(' ')
  })
}

test('maps the earlier dialect to the same representation', () => {
  const { workflow, shown } = parse(`name: old
inputs: [goal]
max_timeout: 2h
steps:
  - name: decompose
    output: plan
    agent: claude-opus
    prompt: "split {spec} for {goal}"
    gate: [schema]
    on_failure: {retry: 1}
  - name: build
    foreach: decompose
    parallel: true
    steps:
      - name: impl
        output: diff
        agent: claude-haiku
        prompt: "do {item.name}: {item.files}, {{item.x}} and \${item.y}"
        max_budget: 2
        timeout: 10m
        session: reuse-on-retry
        gate: [compile, test]
        on_failure:
          retry: 3
          strategy: ["same: 2", "escalate: claude-opus"]
      - name: review
        output: review
        agent: "{steps.impl.agent}"
        session: {reuse: impl}
        prompt: "judge {steps.impl.output}"
        on_failure: {retry: 2, restart_from: impl}
  - name: notes
    output: artifact
    agent: gemini
    session: reuse
    prompt: write
  - name: check
    foreach: decompose
    workflow: validators/arch-review
    with: {task: {item.name}, n: 3}
`)
  expect(shown.match(/GUMP-\w+ .*/g)).toEqual([
    'GUMP-W071  note: inputs are ignored: every variable that no step provides is one',
    'GUMP-W074  note: {item.name} is read as a template; YAML takes it for a mapping',
  ])
  expect(workflow).toMatchSnapshot()
})

describe('on_failure', () => {
  test('counts additional attempts, and resets worktree and session', () => {
    expect(policy('{retry: 2}')).toMatchObject({
      exit: 3,
      entries: [],
      defaults: { worktree: 'reset', session: 'new' },
    })
    expect(policy('{retry: 0}').exit).toBe(1)
    expect(policy('{retry: 2}', 'reuse-on-retry').defaults).toEqual({ worktree: 'reset', session: 'keep' })
  })

  test.each([
    ['{retry: 3, strategy: [same, "escalate: b"]}', ['3 agent=b session=new worktree=reset']],
    [
      '{retry: 5, strategy: ["same: 3", {escalate: b}, {replan: c}]}',
      ['5 agent=b session=new worktree=reset', '6 replan=c'],
    ],
    ['{retry: 2, restart_from: before}', ['2 restartFrom=before']],
    [
      '{retry: 2, strategy: ["escalate: b"], restart_from: before}',
      ['2 agent=b session=new worktree=reset restartFrom=before'],
    ],
    ['{retry: 2, strategy: [same, same]}', []],
  ])('%s', (onFailure, entries) => {
    expect(plain(policy(onFailure))).toEqual(entries)
  })

  test('falls back to the policy of the gates, and without that a cause is fatal', () => {
    expect(policy('{gate_fail: {retry: 2, strategy: ["escalate: b"]}}')).toMatchObject({ exit: 3 })
    expect(plain(policy('{gate_fail: {retry: 2, strategy: ["escalate: b"]}}'))).toEqual([
      '2 agent=b session=new worktree=reset',
    ])
    const two = policy(
      '{gate_fail: {retry: 2, strategy: ["escalate: b"]}, guard_fail: {retry: 4, strategy: ["replan: c"]}}',
    )
    expect(two).toMatchObject({ exit: 5, exitByCause: { gate: 3, review: 3 } })
    expect(plain(two)).toEqual([
      '2 gate agent=b session=new worktree=reset',
      '2 guard replan=c',
      '2 review agent=b session=new worktree=reset',
    ])
    expect(policy('{review_fail: {retry: 2}}')).toMatchObject({ exit: 3, exitByCause: { gate: 1, guard: 1 } })
  })
})

test.each([
  [
    'mixed, earlier first',
    'name: x\nsteps:\n  - {name: a, output: diff, agent: a}\n  - {name: b, type: code, agent: a}\n',
    ['GUMP-W070 4:15'],
  ],
  [
    'mixed, current first',
    'name: x\nsteps:\n  - {name: b, agent: a, retry: [exit: 2]}\n  - {name: a, agent: a, on_failure: {retry: 1}}\n',
    ['GUMP-W070 4:25'],
  ],
  [
    'mixed by inputs',
    'name: x\ninputs: {a: b}\nsteps:\n  - {name: b, type: code, agent: a}\n',
    ['GUMP-W070 2:1'],
  ],
  [
    'mixed by session',
    'name: x\nsteps:\n  - {name: b, agent: a, session: fresh}\n  - {name: c, agent: a, session: {from: b}}\n',
    ['GUMP-W070 4:25'],
  ],
  [
    'both policies',
    'name: x\nsteps:\n  - {name: b, agent: a, on_failure: {retry: 1, gate_fail: {retry: 2}}}\n',
    ['GUMP-W076 3:48'],
  ],
  [
    'no retry',
    'name: x\nsteps:\n  - {name: b, agent: a, on_failure: {strategy: [same]}}\n',
    ['GUMP-W011 3:25'],
  ],
  [
    'odd strategy',
    'name: x\nsteps:\n  - {name: b, agent: a, on_failure: {retry: 1, strategy: [escalate, more]}}\n',
    ['GUMP-W077 3:59', 'GUMP-W077 3:69'],
  ],
  [
    'foreach alone',
    'name: x\nsteps:\n  - {name: p, output: plan, agent: a}\n  - {name: b, foreach: p}\n',
    ['GUMP-W075 4:15'],
  ],
  [
    'foreach of no split',
    'name: x\nsteps:\n  - {name: p, output: diff, agent: a}\n  - {name: b, foreach: p, steps: [{name: c, gate: [test]}]}\n',
    ['GUMP-W051 4:24'],
  ],
])('%s', (_, text, expected) => {
  expect(codes(text)).toEqual(expected)
})
