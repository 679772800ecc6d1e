// Written from adversarial-review.yaml by `vitest run workflows -u`; do not edit.
export const adversarialReview: string = `name: adversarial-review
description: Two agents look for faults in each change, a third decides which are real, and the work repeats until it is accepted.
max_budget: 12

steps:
  - name: decompose
    type: split
    agent: claude-opus
    prompt: |
      Split this specification into tasks that can be implemented and reviewed one after the other. Look at
      the code first.

      - One task is one coherent change, with its tests, small enough to be reviewed in one sitting.
      - Put each task after the tasks that it needs.
      - Say what must be true when it is done; reviewers will check the change against that.

      {spec}
    gate: [schema]
    retry:
      - exit: 3
    each:
      - name: impl
        type: code
        agent: claude-sonnet
        prompt: |
          Implement this task, with tests, and nothing that belongs to another task. Two reviewers will try
          to break it.

          Task: {task.name}
          {task.description}
          {task.files}

          Objections to an earlier version, if there was one:
          {arbiter.comments}
        gate: [compile, test]
        retry:
          - attempt: 3
            agent: claude-opus
          - exit: 4

      - name: reviews
        parallel: true
        steps:
          - name: correctness
            type: artifact
            agent: claude-opus
            prompt: |
              Find out where this change is wrong. Its author claims that it completes the task; do not rely on that.

              Task: {task.name}
              {task.description}

              Look for inputs it handles wrongly, states it forgets, errors it swallows, tests that prove
              nothing. For each finding give file and line, an example that fails, and how sure you are.
              No praise, no matters of taste. If you find nothing, say so.

              {impl.diff}

          - name: design
            type: artifact
            agent: codex
            prompt: |
              Find out what this change costs the project in the long run.

              Task: {task.name}
              {task.description}

              Look for duplication, leaks between layers, needless complexity, security holes, broken
              compatibility, conventions of the project that it ignores. For each finding give file and line,
              the consequence, and a better way. No matters of taste. If you find nothing, say so.

              {impl.diff}

      - name: arbiter
        type: validate
        agent: claude-opus
        prompt: |
          Two reviewers have attacked a change. Decide whether it can be accepted as it is.

          Task: {task.name}
          {task.description}

          Check every finding against the code before you believe it. Refuse the change only for findings that
          are true and matter: wrong behaviour, missing requirements, security, damage that is hard to undo.
          In the comments list what must change, most important first, concretely enough to be done without
          further questions. Leave out findings that are wrong or do not matter.

          ## Correctness
          {correctness.output}

          ## Design
          {design.output}

          ## Change
          {impl.diff}
        retry:
          - attempt: 2
            restart_from: impl
          - exit: 4

  - name: quality
    gate:
      - compile
      - lint
      - test
      - coverage: 80
`
