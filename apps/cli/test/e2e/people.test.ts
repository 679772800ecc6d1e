import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { world } from './support/world.js'
import { oneStep, project } from './support/workflows.js'

const asks = oneStep.replace('    gate:', '    hitl: after_gate\n    gate:')
const twice = `- match: {attempt: 1}
  do:
    - write: {path: done.txt, content: "first\\n"}
- do:
    - write: {path: done.txt, content: "second\\n"}
`
const files = project(twice, { '.gump/workflows/one.yaml': asks })
const run = ['run', 'one', '--spec', 'spec.md']

describe('a step that waits for a person', () => {
  it('parks the run with exit 3 when there is nobody to ask; end of input is no approval', async () => {
    const { gump } = world(files)
    const { code, stdout } = await gump(run)
    expect(code).toBe(3)
    expect(stdout).toContain('paused')
    expect((await gump(['run', '--resume'])).code).toBe(3)
  })

  it('continues with --approve', async () => {
    const { gump, repo } = world(files)
    expect((await gump(run)).code).toBe(3)
    const { code, stderr } = await gump(['run', '--resume', '--approve'])
    expect([code, stderr]).toEqual([0, ''])
    expect((await gump(['apply'])).code).toBe(0)
    expect(repo.read('done.txt')).toBe('first\n')
  })

  it('is done again with --reject, and asks again', async () => {
    const { gump, repo } = world(files)
    expect((await gump(run)).code).toBe(3)
    expect((await gump(['run', '--resume', '--reject', 'say "second"'])).code).toBe(3)
    expect((await gump(['run', '--resume', '--approve'])).code).toBe(0)
    expect((await gump(['apply'])).code).toBe(0)
    expect(repo.read('done.txt')).toBe('second\n')
  })

  it('is paused in one process, approved in another, and finished by a third', async () => {
    const then = `${asks}  - name: after
    type: code
    agent: scripted
    prompt: "{spec}"
`
    const script = `- match: {step: impl}
  do:
    - write: {path: done.txt, content: "done\\n"}
- match: {step: after, launch: 1}
  do:
    - text: thinking
    - sleep: 60s
- do:
    - write: {path: after.txt, content: "after\\n"}
`
    const { gump, start, repo } = world(project(script, { '.gump/workflows/one.yaml': then }))
    expect((await gump(run)).code).toBe(3)
    expect(JSON.parse((await gump(['status', '--json'])).stdout)).toMatchObject([{ status: 'paused' }])

    const approving = start(['run', '--resume', '--approve', '--json'])
    await approving.printed('"agent_launched"')
    approving.child.kill('SIGKILL')
    await approving.outcome
    expect(JSON.parse((await gump(['status', '--json'])).stdout)).toMatchObject([{ status: 'interrupted' }])

    const { code, stdout } = await gump(['run', '--resume'])
    expect(code).toBe(0)
    expect(stdout).not.toContain('[impl]  running')
    expect((await gump(['apply'])).code).toBe(0)
    expect(repo.read('done.txt') + repo.read('after.txt')).toBe('done\nafter\n')
  }, 90_000)

  it('takes in what the person has changed, and judges it', async () => {
    const { gump, repo } = world(project(twice, { '.gump/workflows/one.yaml': asks }))
    expect((await gump(run)).code).toBe(3)
    const [, place = ''] = / at impl {2}in (\S+)\n/u.exec((await gump(['status'])).stdout) ?? []
    writeFileSync(join(repo.dir, place, 'hand.txt'), 'by hand\n')
    const { code, stdout } = await gump(['run', '--resume', '--approve'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/\[impl\] +edited +by hand; 2 files \+2 now/u)
    expect((await gump(['apply'])).code).toBe(0)
    expect(repo.read('hand.txt')).toBe('by hand\n')
  })

  it('can be asked for from the command line', async () => {
    const { gump } = world(project(twice))
    expect((await gump([...run, '--pause-after', 'impl'])).code).toBe(3)
    expect((await gump(['run', '--resume', '--approve'])).code).toBe(0)
  })
})

describe('a limit', () => {
  const expensive =
    '- do:\n    - usage: {input: 10, output: 10, cost_usd: 2}\n    - write: {path: done.txt, content: x}\n'

  it('ends the run with exit 4, and a higher one lets it continue', async () => {
    const { gump } = world(project(expensive))
    const first = await gump([...run, '--max-budget', '1'])
    expect(first.code).toBe(4)
    expect(first.stdout).toContain('max_budget')
    expect((await gump(['run', '--resume', '--max-budget', '9'])).code).toBe(0)
  })

  it('comes from the configuration too, unless the command line says otherwise', async () => {
    const { gump } = world(project(expensive))
    const env = { GUMP_BUDGET_MAX_BUDGET: '1' }
    expect((await gump(run, { env })).code).toBe(4)
    expect((await gump([...run, '--max-budget', '9'], { env })).code).toBe(0)
  })
})
