import { formatDiagnostics } from '@gump/errors'
import { parseWorkflow, type AgentStep } from '@gump/schema'
import { expect, test } from 'vitest'

function parse(text: string, files: Record<string, string> = {}) {
  const result = parseWorkflow({ ref: 'demo', origin: 'project', file: 'demo.yaml', text, files })
  return { ...result, shown: formatDiagnostics(result.diagnostics, { 'demo.yaml': text }) }
}

test('reads every key of the current dialect', () => {
  const { workflow, shown } = parse(
    `name: validators/demo
description: everything
max_budget: 12.5
max_tokens: 1000000
max_timeout: 1h30m
x-common: &common
  guard: {max_turns: 40}
steps:
  - name: decompose
    type: split
    get:
      prompt: "split {spec}"
      context: [file: docs/**/*.md, "bash: git log -5"]
      worktree: none
    run:
      agent: claude-opus
      timeout: 90s
      hitl: true
    gate: [schema]
    retry:
      - exit: 2
    parallel: 8
    fail_fast: true
    on_conflict: fatal
    blast_radius: enforce
    each:
      - name: red
        type: code
        agent: claude-haiku
        prompt: {file: prompts/red.md}
        gate: [compile, "touched: *_test.go", tests_found, tests_fail]
      - <<: *common
        name: green
        agent: qwen
        session: {from: red}
        gate:
          - test
          - coverage: 80
          - untouched: ["**/*_test.go", x]
          - bash: make it
            name: make
            timeout: 5m
          - validate: validators/arch-review
            diff: "{diff}"
            agent: {red.agent}
          - bash: a
          - bash: b
        retry:
          - attempt: 2
            agent: claude-sonnet
          - not: gate.test
            prompt: "fix {error}"
          - not: review
            session: new
          - validate: validators/again
            with: {diff: "{diff}"}
            worktree: reset
          - attempt: 4
            restart_from: red
            cause: gate
          - exit: 2
            cause: guard
          - exit: 6
  - name: both
    steps:
      - name: one
        type: validate
        agent: codex
        guard: {no_write: false, max_idle: 5m}
      - name: two
        agent: pass
        get: {workflow: validators/arch-review, with: {diff: "{diff}"}}
    parallel: true
  - name: call
    workflow: tdd
    with: {spec: "{spec}"}
  - name: quality
    gate: [compile, lint, test]
    retry: [exit: 2]
`,
    { 'prompts/red.md': 'write a failing test for {task.name}' },
  )
  expect(shown).toContain('GUMP-W074  note')
  expect(shown.match(/GUMP/g)).toHaveLength(1)
  expect(workflow).toMatchSnapshot()
  const decompose = workflow!.steps[0] as AgentStep
  expect(decompose.each?.[1]?.gates.map((gate) => gate.name)).toEqual([
    'test',
    'coverage',
    'untouched',
    'make',
    'arch-review',
    'bash',
    'bash-2',
  ])
})

test('reports every problem at once', () => {
  const { workflow, shown } = parse(`nme: x
steps:
  - name: spec
    agent: a
    max_turns: 3
  - name: a b
    agent: x
    steps: []
  - name: q
    gate: [compil, {bash: ''}]
    guard: {}
  - name: r
    agent: z
    promt: hi
    timeout: banana
    guard: {max_tme: 3s, max_budget: -5}
    retry: [{attempt: 3, session: old}]
    session: {from: nobody}
`)
  expect(workflow).toBeNull()
  expect(shown).toMatchSnapshot()
})
