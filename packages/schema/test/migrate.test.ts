import { migrateWorkflow, parseWorkflow, type Step, type Workflow } from '@gump/schema'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { corpus } from './corpus.js'
import { seed } from './seed.js'

const source = (text: string, files: Record<string, string> = {}) =>
  ({ ref: 'old', origin: 'project', file: 'old.yaml', text, files }) as const

function migrate(text: string, files: Record<string, string> = {}) {
  const result = migrateWorkflow(source(text, files))
  return { ...result, at: result.diagnostics.map(({ code, range }) => `${code} ${range?.start.line ?? '-'}`) }
}

test('keeps comments, order, quoting and blank lines', () => {
  const { text } = migrate(`# The old way.
name: old
# inputs were declared
inputs:
  goal: {type: string} # what for

max_budget: 5

steps:
  # first split
  - name: decompose
    output: plan # tasks
    agent: claude-opus
    prompt: "split {spec} for {goal}"
    gate: [schema]

  # then build, all at once
  - name: build
    foreach: decompose # each task
    parallel: true
    steps:
      # the work
      - name: impl
        agent: 'claude-haiku'
        prompt: |
          Do {item.name}.

          Files: {item.files}, never {{item.files}}.
        max_budget: 2 # USD
        timeout: 10m
        session: reuse-on-retry
        gate: [compile, test]
        on_failure:
          retry: 3 # three more
          strategy: ["same: 2", "escalate: claude-opus"]

      - name: review
        output: review
        agent: {steps.impl.agent}
        session: {reuse: impl}
        prompt: "judge {steps.impl.output}"
        on_failure: {retry: 2, restart_from: impl}

  - name: quality # at last
    gate: [compile, lint]
    on_failure: {retry: 1}
`)
  expect(text).toMatchSnapshot()
})

test('keeps CRLF and lists at the column of their key', () => {
  const { text } = migrate('name: x\r\nsteps:\r\n- name: a\r\n  output: diff\r\n  agent: q\r\n')
  expect(text).toBe('name: x\r\nsteps:\r\n- name: a\r\n  type: code\r\n  agent: q\r\n')
})

test('writes forms that YAML refuses properly', () => {
  const { text } = migrate(
    'name: x\nsteps:\n  - {name: a, output: diff, agent: q}\n  - name: b\n    output: diff\n    agent: q\n    session: reuse: a\n    gate:\n      - validate: v\n          diff: {diff}\n',
  )
  expect(text).toContain('session: {from: a}')
  expect(text).toContain('- validate: v\n        with:\n          diff: "{diff}"')
})

test('says so when there is nothing to do', () => {
  const text = 'name: x\nsteps:\n  - {name: a, type: code, agent: q}\n'
  expect(migrate(text)).toMatchObject({ text, at: ['GUMP-W081 -'] })
})

test('reports the problems of a file that is not valid', () => {
  expect(migrate('name: x\nsteps:\n  - {name: a, output: diff, agnt: q}\n')).toMatchObject({
    text: null,
    at: ['GUMP-W010 3'],
  })
})

describe('refuses and lists what has no form in the current dialect', () => {
  const plan = '  - {name: p, output: plan, agent: q}\n'
  const build = (more = '') => `  - name: b\n    foreach: p\n${more}    steps:\n      - {name: c, agent: q}\n`
  test.each([
    ['a split alone', plan, ['GUMP-W080 3']],
    ['a gate of the group', plan + build('    gate: [test]\n'), ['GUMP-W080 4']],
    ['a retry of the group', plan + build('    on_failure: {retry: 1}\n'), ['GUMP-W080 4']],
    ['something between', `${plan}  - {name: z, gate: [test]}\n${build()}`, ['GUMP-W080 3', 'GUMP-W080 5']],
    ['two groups over one split', plan + build() + build().replace('name: b', 'name: b2'), ['GUMP-W080 8']],
    [
      'a mention of the group',
      `${plan}${build()}  - {name: z, output: artifact, agent: q, prompt: "{steps.b.status}"}\n`,
      ['GUMP-W080 8'],
    ],
    [
      'a restart at the group',
      `${plan}${build()}  - {name: z, gate: [test], on_failure: {retry: 1, restart_from: b}}\n`,
      ['GUMP-W080 8'],
    ],
    [
      'reuse with an agent from the run',
      '  - {name: a, output: diff, agent: q}\n  - {name: b, agent: "{steps.a.agent}", session: reuse}\n',
      ['GUMP-W080 4'],
    ],
    [
      'several at once',
      `${plan}${build('    gate: [test]\n')}  - {name: p2, output: plan, agent: q}\n`,
      ['GUMP-W080 4', 'GUMP-W080 9'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(migrate(`name: x\nsteps:\n${steps}`)).toMatchObject({ text: null, at: expected })
  })

  test('a prompt file with the earlier spelling', () => {
    const text = 'name: x\nsteps:\n  - {name: a, output: diff, agent: q, prompt: {file: p.md}}\n'
    expect(migrate(text, { 'p.md': 'do {item.name}' })).toMatchObject({ text: null, at: ['GUMP-W080 3'] })
    expect(migrate(text, { 'p.md': 'do {task.name}' }).text).toContain('type: code')
  })

  test('an alias for what has to be rewritten', () => {
    const text = 'name: x\nx-a: &a {retry: 2}\nsteps:\n  - {name: a, agent: q, on_failure: *a}\n'
    expect(migrate(text)).toMatchObject({ text: null, at: ['GUMP-W080 4'] })
    const merged = 'name: x\nx-a: &a {output: diff, agent: q}\nsteps:\n  - {<<: *a, name: a}\n'
    expect(migrate(merged)).toMatchObject({ text: null, at: ['GUMP-W080 4'] })
    const fine = 'name: x\nx-a: &a {max_turns: 3}\nsteps:\n  - {name: a, output: diff, agent: q, guard: *a}\n'
    expect(migrate(fine).text).toContain('guard: *a')
  })
})

test('migrates or refuses every valid file of the corpus', async () => {
  const outcomes: Record<string, string> = {}
  for (const { source: entry } of await corpus('valid')) {
    const before = parseWorkflow(entry).workflow!
    const { text, diagnostics } = migrateWorkflow(entry)
    if (before.dialect === 'v4') {
      expect(text).toBe(entry.text)
      continue
    }
    outcomes[entry.ref] =
      text === null ? diagnostics.map((found) => `${found.code} ${found.message}`).join('; ') : 'migrated'
    if (text === null) continue
    const after = parseWorkflow({ ...entry, text })
    expect(after.workflow?.dialect).toBe('v4')
    expect(essence(after.workflow!)).toEqual(essence(before))
  }
  expect(outcomes).toMatchSnapshot()
})

/**
 * What a workflow means, computed apart from the migration: agents and prompts in the order of work, and for each
 * attempt up to the exit what an agent is launched with.
 */
function essence(workflow: Workflow): unknown {
  const walk = (steps: readonly Step[], all: readonly Step[] = steps): unknown[] =>
    steps.flatMap((step, index): unknown[] => {
      if (step.kind === 'group' && step.foreach !== undefined) return []
      if (step.kind === 'workflow' && step.foreach !== undefined) return []
      const next = all[index + 1]
      const folded =
        next !== undefined && next.kind !== 'agent' && next.kind !== 'gate' && next.foreach !== undefined
      const body = folded ? (next.kind === 'group' ? next.steps : [{ ...next, foreach: undefined }]) : []
      const inner =
        step.kind === 'agent'
          ? (step.each ?? (body as readonly Step[]))
          : step.kind === 'group'
            ? step.steps
            : []
      const branching = folded ? next.parallel : step.kind === 'gate' ? undefined : step.parallel
      return [
        {
          name: step.name,
          kind: step.kind,
          gates: step.gates.map((gate) => [
            gate.name,
            gate.gate,
            texts(gate.argument),
            texts(gate.call?.with),
          ]),
          agent:
            step.kind === 'agent' ? [step.type, texts(step.prompt), step.worktree, texts(step.guards)] : null,
          call: step.kind === 'workflow' ? [step.call.workflow, texts(step.call.with)] : null,
          attempts: attempts(step),
          parallel: branching ?? null,
        },
        ...walk(inner),
      ]
    })
  return walk(workflow.steps)
}

function attempts(step: Step): unknown {
  const { retry } = step
  if (retry === undefined) return null
  return (['gate', 'guard', 'review'] as const).map((cause) => {
    const exit = Math.min(retry.exit, retry.exitByCause?.[cause] ?? retry.exit)
    return Array.from({ length: exit - 1 }, (_, index) => {
      const effect: Record<string, unknown> = {
        worktree: retry.defaults.worktree,
        session: step.kind === 'agent' ? retry.defaults.session : 'keep',
      }
      for (const { condition, cause: only, override } of retry.entries) {
        if (condition.when !== 'attempt' || condition.attempt > index + 2 || (only ?? cause) !== cause)
          continue
        Object.assign(effect, texts(override))
      }
      return effect
    })
  })
}

/** A value without its places. */
function texts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(texts)
  if (typeof value !== 'object' || value === null) return value
  if ('text' in value) return value.text
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      /^(?:.*R|r)ange$/.test(key) ? [] : [[key, texts(inner)]],
    ),
  )
}

const agent = fc.constantFrom('claude-opus', 'codex', 'qwen')
const text = fc.constantFrom(
  'do {item.name}',
  'judge {spec}',
  'a: b # c',
  'two\nlines\n',
  '{{item.x}} ${item.y}',
  '"quoted"',
)
const ladder = fc.record(
  {
    retry: fc.nat(5),
    strategy: fc.array(
      fc.oneof(
        fc.constantFrom('same', 'same: 2'),
        agent.map((name) => `escalate: ${name}`),
      ),
      { maxLength: 4 },
    ),
  },
  { requiredKeys: ['retry'] },
)
const onFailure = fc.oneof(
  ladder,
  fc.record({ gate_fail: ladder, guard_fail: ladder, review_fail: ladder }, { requiredKeys: ['guard_fail'] }),
)
const agentStep = fc.record(
  {
    output: fc.constantFrom('diff', 'review'),
    agent,
    prompt: text,
    session: fc.constantFrom('fresh', 'reuse', 'reuse-on-retry'),
    max_budget: fc.constantFrom(1, 2.5),
    timeout: fc.constant('10m'),
    guard: fc.record({ max_turns: fc.integer({ min: 1, max: 90 }) }),
    gate: fc.subarray(['compile', 'test', 'coverage: 80'], { minLength: 1 }),
    on_failure: onFailure,
  },
  { requiredKeys: ['output', 'agent'] },
)
const gateStep = fc.record(
  { gate: fc.constant(['test']), on_failure: fc.record({ retry: fc.nat(5) }) },
  { requiredKeys: ['gate'] },
)
const work = fc.array(fc.oneof(agentStep, gateStep), { minLength: 1, maxLength: 4 })
const named = (steps: readonly object[], prefix: string) =>
  steps.map((step, index) => ({ name: `${prefix}${index}`, ...step }))
const perTask = fc
  .tuple(agent, work, fc.option(fc.constantFrom(true, 4), { nil: undefined }))
  .map(([who, steps, parallel]) => [
    { output: 'plan', agent: who, prompt: 'split {spec}' },
    { foreach: '', steps: named(steps, 'w'), ...(parallel === undefined ? {} : { parallel }) },
  ])
const earlierWorkflow = fc
  .array(
    fc.oneof(
      work,
      perTask,
      work.map((steps) => [{ steps: named(steps, 'g') }]),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => {
    const steps = named(parts.flat(), 's').map((step, index) =>
      'foreach' in step ? { ...step, foreach: `s${index - 1}` } : step,
    )
    return { name: 'generated', inputs: ['x'], steps }
  })

test('property: a migrated file means the same', () => {
  fc.assert(
    fc.property(earlierWorkflow, fc.boolean(), (workflow, flow) => {
      const written = stringify(workflow, flow ? { collectionStyle: 'flow' } : {})
      const before = parseWorkflow(source(written)).workflow
      expect(before).not.toBeNull()
      const { text: migrated, diagnostics } = migrateWorkflow(source(written))
      expect(diagnostics.filter((found) => found.severity === 'error')).toEqual([])
      const after = parseWorkflow(source(migrated!)).workflow
      expect(after?.dialect).toBe('v4')
      expect(essence(after!)).toEqual(essence(before!))
    }),
    { numRuns: process.env['CI'] === undefined ? 60 : 200, seed },
  )
}, 120_000)
