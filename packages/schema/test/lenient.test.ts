import { parseWorkflow, type AgentStep, type WorkflowStep } from '@gump/schema'
import { expect, test } from 'vitest'

function parse(text: string) {
  const result = parseWorkflow({ ref: 'demo', origin: 'project', file: 'demo.yaml', text, files: {} })
  const at = result.diagnostics.map(
    ({ code, range }) => `${code} ${range?.start.line}:${range?.start.column}`,
  )
  return { ...result, at }
}

test('reads inputs indented under validate and workflow', () => {
  const { workflow, at } = parse(`name: x
steps:
  - name: a
    agent: q
    get:
      prompt: |
        validate: not/this
            because: it is text
      workflow: v/one
        diff: {spec}
        text: |
          two
          lines
    gate:
      - compile
      - validate: v/two   # a comment
          diff: "{diff}"

          # another
          agent: claude
      - test
    retry:
      - validate: v/three
          n: 3
        session: new
      - exit: 2
  - name: b
    workflow: v/four
      spec: s
`)
  expect(at).toEqual([
    'GUMP-W072 9:7',
    'GUMP-W074 10:15',
    'GUMP-W072 16:9',
    'GUMP-W072 23:9',
    'GUMP-W072 28:5',
  ])
  const step = workflow!.steps[0] as AgentStep
  expect(step.getWorkflow).toMatchObject({
    workflow: 'v/one',
    with: { diff: { text: '{spec}' }, text: { text: 'two\nlines\n' } },
  })
  expect(step.getWorkflow?.with['diff']?.range.start).toEqual({
    line: 10,
    column: 15,
    offset: expect.any(Number),
  })
  expect(step.gates.map((gate) => gate.name)).toEqual(['compile', 'two', 'test'])
  expect(step.gates[1]?.call?.with).toMatchObject({ diff: { text: '{diff}' }, agent: { text: 'claude' } })
  expect(step.gates[2]?.range.start.line).toBe(21)
  expect(step.retry?.entries[0]?.condition).toMatchObject({ call: { with: { n: { text: '3' } } } })
  expect((workflow!.steps[1] as WorkflowStep).call.with).toMatchObject({ spec: { text: 's' } })
})

test('reads session: from: step on one line', () => {
  const { workflow, at } = parse(`name: x
steps:
  - name: a
    agent: q
  - name: b
    session: from: a # why
    agent: r
    gate: [compil]
`)
  expect(workflow).toBeNull()
  expect(at).toEqual(['GUMP-W073 6:14', 'GUMP-W032 8:12'])
  expect(
    parse('name: x\nsteps:\n  - session: reuse: a\n    name: b\n    agent: q\n    output: diff\n').at,
  ).toEqual(['GUMP-W073 3:14', 'GUMP-W050 3:21'])
})

test('works with CRLF and without a last line end', () => {
  const text =
    'name: x\r\nsteps:\r\n  - name: a\r\n    agent: {who}\r\n    gate:\r\n      - validate: v\r\n          diff: {diff}'
  const { workflow, at } = parse(text)
  expect(at).toEqual(['GUMP-W074 4:12', 'GUMP-W072 6:9', 'GUMP-W074 7:17'])
  expect((workflow!.steps[0] as AgentStep).agent?.text).toBe('{who}')
})

test('keeps places right when something else is not YAML', () => {
  const { at } = parse(`name: x
steps:
  - name: b
    session: from: a
    agent: "unclosed
`)
  expect(at).toEqual(['GUMP-W073 4:14', 'GUMP-W001 5:12'])
})

test('does not take a real mapping for a template', () => {
  expect(parse('name: x\nsteps:\n  - {name: a, agent: {b: c}}\n').at).toEqual(['GUMP-W012 3:22'])
  expect(parse('name: x\nsteps:\n  - {name: a, agent: {"b c"}}\n').at).toEqual(['GUMP-W012 3:22'])
  expect(parse('name: x\nsteps:\n  - name: a\n    agent:\n      ? b\n').at).toEqual(['GUMP-W012 5:7'])
})

test('suggests quotes for a value that starts with a template', () => {
  const { diagnostics } = parse('name: x\nsteps:\n  - name: a\n    agent: q\n    prompt: {spec} and more\n')
  expect(diagnostics[0]).toMatchObject({
    code: 'GUMP-W001',
    range: { start: { line: 5 } },
    suggestion: '"{spec} and more"',
  })
})

test('says nothing more about a file of the first versions once its keys are called what they are called now', () => {
  const first = `name: x
steps:
  - {name: decompose, agent: q, output: plan, prompt: Split, validate: [schema: plan]}
  - name: fix
    foreach: decompose
    steps:
      - name: reproduce
        agent: q
        prompt: "A test for {task.description}"
        validate: [compile, tests_found]
        retry: {max_attempts: 3, strategy: [same, escalate: big]}
  - {name: check, validate: [compile, test]}
`
  expect(parse(first).at).toEqual(['GUMP-W078 3:62', 'GUMP-W078 10:9', 'GUMP-W078 11:9', 'GUMP-W078 12:19'])
  const renamed = first
    .replaceAll('validate:', 'gate:')
    .replace('retry: {max_attempts: 3', 'on_failure: {retry: 2')
  const { workflow, at } = parse(renamed)
  expect(at).toEqual(['GUMP-W079 3:77'])
  expect(workflow?.steps[1]).toMatchObject({ steps: [{ retry: { exit: 3 } }] })
})
