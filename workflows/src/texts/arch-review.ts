// Written from validators/arch-review.yaml by `vitest run workflows -u`; do not edit.
export const archReview: string = `name: validators/arch-review
description: Judges a change, given as diff, against the architecture of the project; needs agent and diff.

steps:
  - name: verdict
    type: validate
    agent: '{agent}'
    context:
      - file: docs/architecture.md
    prompt: |
      Review this change as the guardian of the project's architecture. Judge structure, not behaviour: tests
      and compiler do the rest.

      When the project documents its architecture, judge the change by that document; otherwise by the structure
      of the code around it. Refuse the change when it breaks a boundary between layers, makes a dependency point
      in the wrong direction, duplicates what exists, puts things where nobody will look for them, or makes the
      next change harder. Do not refuse it for matters of taste, or for problems that existed before.

      When you refuse it, list what must change: file, problem, and what to do instead.

      {diff}
`
