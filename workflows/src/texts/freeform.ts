// Written from freeform.yaml by `vitest run workflows -u`; do not edit.
export const freeform: string = `name: freeform
description: One strong agent works on the whole spec; the result must compile.
max_budget: 5

steps:
  - name: work
    type: code
    agent: claude-opus
    prompt: |
      Do what this specification asks for, completely and nothing beyond it. Read the code you touch first and
      keep to its conventions. Leave the project in a state that builds.

      {spec}
    gate: [compile]
    retry:
      - exit: 3
`
