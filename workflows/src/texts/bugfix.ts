// Written from bugfix.yaml by `vitest run workflows -u`; do not edit.
export const bugfix: string = `name: bugfix
description: Reproduces the bug with a failing test before it is fixed.
max_budget: 5

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
  - name: diagnose
    type: split
    agent: claude-opus
    prompt: |
      Find the cause of this bug. Read the code, trace the failing path, and do not guess.

      Write exactly one task. Its description says what happens, what should happen, how to reproduce it, where
      the cause is and why, and what else the same cause breaks. Name the files to change in \`files\`.

      {spec}
    gate: [schema]
    retry:
      - exit: 3
    each:
      - name: reproduce
        type: code
        agent: claude-sonnet
        prompt: |
          Write a test that reproduces this bug, and do not fix it.

          {task.name}
          {task.description}
          {task.files}

          - The test must fail now, because of this bug, and pass once it is fixed.
          - Make it as small as the bug allows, and put it where such tests belong in this project.
          - Change no existing test.
        gate:
          - compile
          - touched: *tests
          - tests_found
          - tests_fail
        retry:
          - attempt: 3
            agent: claude-opus
          - exit: 4

      - name: patch
        type: code
        agent: claude-sonnet
        session:
          from: reproduce
        prompt: |
          Fix the bug at its cause. Do not change any test.

          {task.name}
          {task.description}
          The test that reproduces it: {reproduce.files}

          Make the smallest change that is right for every case with this cause, not only for the one in the
          test.
        gate:
          - compile
          - test
          - untouched: *tests
          - pass_to_pass
        retry:
          - attempt: 3
            agent: claude-opus
          - exit: 4

  - name: quality
    gate: [compile, lint, test, fail_to_pass]
`
