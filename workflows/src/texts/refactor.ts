// Written from refactor.yaml by `vitest run workflows -u`; do not edit.
export const refactor: string = `name: refactor
description: Changes the structure of the code in small steps while its tests stay unchanged and green.
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
      Plan this refactoring as a sequence of small steps. Read the code and its tests first.

      - Every step keeps the behaviour and leaves all tests green, unchanged. Keep what the tests call
        callable until the last step.
      - One step does one thing: move, rename, extract, inline, replace.
      - Name the files of each step in \`files\`, and say what the code looks like afterwards.

      {spec}
    gate: [schema]
    retry:
      - exit: 3
    each:
      - name: apply
        type: code
        agent: claude-sonnet
        prompt: |
          Carry out this step of a refactoring. The behaviour must stay exactly the same.

          {task.name}
          {task.description}
          {task.files}

          Change no test, fix no bug and add no feature on the way. Update every use of what you move or
          rename. Remove everything that is no longer used.
        gate:
          - compile
          - test
          - untouched: *tests
        retry:
          - attempt: 3
            agent: claude-opus
            worktree: reset
          - exit: 4

  - name: quality
    gate: [compile, lint, test]
`
