// Written from implement-spec.yaml by `vitest run workflows -u`; do not edit.
export const implementSpec: string = `name: implement-spec
description: Implements each task until it compiles, passes its tests and fits the architecture, then tries it out.
max_budget: 20

steps:
  - name: decompose
    type: split
    agent: claude-opus
    context:
      - file: docs/architecture.md
    prompt: |
      Split this specification into tasks that can be implemented one after the other. Look at the code first.

      - One task is one coherent change, with its tests, that leaves the project building.
      - Put each task after the tasks that it needs.
      - Say where in the architecture the change belongs and what must be true when it is done.

      {spec}
    gate: [schema]
    retry:
      - exit: 3
    each:
      - name: converge
        type: code
        agent: claude-sonnet
        context:
          - file: docs/architecture.md
        prompt: |
          Implement this task, with tests, and nothing that belongs to another task.

          Task: {task.name}
          {task.description}
          {task.files}

          Keep to the architecture of the project: its layers, its boundaries, its names. The change will be
          reviewed against it.
        gate:
          - compile
          - test
          - pass_to_pass
          - validate: validators/arch-review
            diff: '{diff}'
            agent: claude-opus
            when: others_pass
        retry:
          - attempt: 2
            prompt: |
              Your change for the task "{task.name}" is in the working tree, but it is not accepted yet. Fix
              the problems below and leave the rest unchanged.

              {gate.compile.error}
              {gate.test.error}
              {gate.pass_to_pass.error}
              {gate.arch-review.comments}
          - attempt: 4
            agent: claude-opus
            session: new
            worktree: reset
          - exit: 6

      - name: smoke
        type: code
        agent: '{converge.agent}'
        session:
          from: converge
        prompt: |
          Use what you built for the task "{task.name}" as its user would: call it, run it, give it odd and
          wrong input. Correct what does not behave as the task says, and add a test for each mistake you
          find. When everything is right, change nothing.
        gate: [compile, test]
        retry:
          - exit: 3

  - name: quality
    gate: [compile, lint, test]
`
