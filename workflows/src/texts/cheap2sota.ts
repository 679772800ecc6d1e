// Written from cheap2sota.yaml by `vitest run workflows -u`; do not edit.
export const cheap2sota: string = `name: cheap2sota
description: Cheap agents try first; tasks that they fail go to stronger agents.
max_budget: 8

steps:
  - name: decompose
    type: split
    agent: claude-sonnet
    prompt: |
      Split this specification into tasks that a small model can implement one after the other. Look at the
      code first.

      - Make tasks small and independent; each leaves the project building with its tests green.
      - Name the files to change in \`files\`, and in the description the functions, the signatures and the
        cases to handle. The model will guess what you leave out.
      - Say how to see that the task is done.

      {spec}
    gate: [schema]
    retry:
      - exit: 3
    each:
      - name: impl
        type: code
        agent: qwen
        prompt: |
          Implement this task, with tests, and nothing that belongs to another task.

          Task: {task.name}
          {task.description}
          {task.files}

          Run the tests before you finish.
        gate: [compile, test, pass_to_pass]
        retry:
          - attempt: 3
            agent: claude-haiku
          - attempt: 4
            agent: claude-sonnet
          - attempt: 5
            agent: claude-opus
            worktree: reset
          - exit: 6

  - name: quality
    gate: [compile, lint, test]
`
