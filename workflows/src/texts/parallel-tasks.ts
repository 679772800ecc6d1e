// Written from parallel-tasks.yaml by `vitest run workflows -u`; do not edit.
export const parallelTasks: string = `name: parallel-tasks
description: Splits the spec into tasks with disjoint files and works on them at the same time.
max_budget: 12

steps:
  - name: decompose
    type: split
    agent: claude-opus
    parallel: true
    prompt: |
      Split this specification into tasks that different people can work on at the same time, each in a copy
      of the repository, without seeing the others' work. Look at the code first.

      - Name in \`files\` everything a task may change, its tests included; globs such as \`src/auth/**\` are
        fine. No file may belong to two tasks. A change outside a task's files is refused.
      - No task may need the result of another one. Where two parts meet, fix the interface in both
        descriptions, word for word.
      - Keep work that cannot be separated in one task.

      {spec}
    gate: [schema]
    retry:
      - exit: 3
    each:
      - name: impl
        type: code
        agent: claude-sonnet
        prompt: |
          Implement this task, with tests. Others work on the rest of the specification at the same time:
          change only the files of this task, and rely on interfaces exactly as they are described.

          Task: {task.name}
          {task.description}
          Files: {task.files}
        gate: [compile, test]
        retry:
          - attempt: 3
            agent: claude-opus
          - exit: 4

  - name: quality
    gate: [compile, lint, test]
`
