// Written from tdd.yaml by `vitest run workflows -u`; do not edit.
export const tdd: string = `name: tdd
description: For each task, failing tests first, then the code that makes them pass without touching them.
max_budget: 8

x-tests: &tests
  - '**/test/**'
  - '**/tests/**'
  - '**/__tests__/**'
  - '*.test.*'
  - '*.spec.*'
  - '*_test.*'
  - '*_spec.*'
  - 'test_*.py'
  - '*Test.java'
  - '*Tests.cs'

steps:
  - name: decompose
    type: split
    agent: claude-opus
    prompt: |
      Split this specification into tasks for test-driven development. Look at the code and its tests first.

      - One task is one behaviour that a test can observe from outside.
      - Put each task after the tasks that it needs.
      - Write each description so that the tests can be derived from it alone: inputs, results, edge
        cases, errors.
      - Do not make tasks for tests or for documentation; they belong to the task whose behaviour they cover.

      {spec}
    gate: [schema]
    retry:
      - exit: 3
    each:
      - name: red
        type: code
        agent: claude-haiku
        prompt: |
          Write the tests for this task, and no implementation.

          Task: {task.name}
          {task.description}
          {task.files}

          - The tests must compile, be found by the test runner, and fail because the behaviour is missing.
          - If something must be declared for them to compile, add the smallest stub that has no behaviour.
          - Cover what the description says, edge cases and errors included; test behaviour, not internals.
          - Add to the existing tests in their style; change none of them.
        gate:
          - compile
          - touched: *tests
          - tests_found
          - tests_fail
        retry:
          - exit: 3

      - name: green
        type: code
        agent: claude-haiku
        session:
          from: red
        prompt: |
          Make the failing tests of this task pass. Do not change any test.

          Task: {task.name}
          {task.description}
          Files of the tests: {red.files}

          Write the simplest code that does what the task says for every input, not only for those in the
          tests. All other tests must stay green.
        gate:
          - compile
          - test
          - untouched: *tests
          - pass_to_pass
        retry:
          - attempt: 3
            agent: claude-sonnet
          - exit: 5

  - name: quality
    gate: [compile, lint, test, pass_to_pass]
`
