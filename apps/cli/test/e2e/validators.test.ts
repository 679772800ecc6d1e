import { describe, expect, it } from 'vitest'

import { world } from './support/world.js'
import { project } from './support/workflows.js'

const workflow = `name: judged
steps:
  - name: impl
    type: code
    agent: scripted
    prompt: "{spec}"
    gate:
      - validate: validators/arch-review
        diff: "{diff}"
        agent: scripted
    retry: [exit: 1]
`
const judge = (name: string) => `name: ${name}
steps:
  - name: ${name}
    type: validate
    prompt: "Judge {diff}"
    agent: "{agent}"
`
const script = `- match: {step: own}
  do: [{out: {validate: {pass: false, comments: "the project says no"}}}]
- match: {step: mine}
  do: [{out: {validate: {pass: false, comments: "the user says no"}}}]
- match: {step: verdict}
  do: [{out: {validate: {pass: true, comments: "the built-in says yes"}}}]
- do: [{write: {path: done.txt, content: "done\\n"}}]
`

describe('validators beside the workflows', () => {
  const files = project(script, { '.gump/workflows/judged.yaml': workflow })
  const run = ['run', 'judged', '--spec', 'spec.md']

  it('are the project’s, then the user’s, before the built-in ones', async () => {
    const { gump, repo, atHome } = world(files)
    expect((await gump(run)).code).toBe(0)
    atHome('.gump/validators/arch-review.yaml', judge('mine'))
    expect((await gump(run)).stdout).toContain('[impl/gate.arch-review/mine]')
    repo.write('.gump/validators/arch-review.yml', judge('own'))
    repo.commit()
    expect((await gump(run)).stdout).toContain('[impl/gate.arch-review/own]')
    expect((await gump(['playbook', 'show', 'validators/arch-review'])).stdout).toBe(judge('own'))
    expect((await gump(['playbook', 'list'])).stdout).toMatch(/^validators\/arch-review +project/mu)
    expect((await gump(['playbook', 'validate'])).stdout).toContain('validators/arch-review: valid')
  })
})
