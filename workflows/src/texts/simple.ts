// Written from simple.yaml by `vitest run workflows -u`; do not edit.
export const simple: string = `name: simple
description: Splits the spec into tasks and implements them one after the other; each must compile.
max_budget: 5

steps:
  - name: decompose
    type: split
    agent: claude-sonnet
    prompt: |
      Split this specification into tasks that can be implemented one after the other. Look at the code first.

      - One task is one coherent change that leaves the project building.
      - Put each task after the tasks that it needs.
      - Say in each description what must be true when it is done.
      - Few tasks are better than many: one is fine for a small specification.

      {spec}
    gate: [schema]
    retry:
      - exit: 3
    each:
      - name: code
        type: code
        agent: claude-sonnet
        prompt: |
          Implement this task, and nothing that belongs to another task.

          Task: {task.name}
          {task.description}
          {task.files}
        gate: [compile]
        retry:
          - attempt: 3
            agent: claude-opus
          - exit: 4
`
