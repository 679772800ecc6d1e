import { describe, expect, it } from 'vitest'

import { world } from './support/world.js'
import { project } from './support/workflows.js'

const workflow = `name: two
steps:
  - name: first
    type: code
    agent: scripted
    prompt: "{spec}"
    retry: [exit: 1]
  - name: second
    type: code
    agent: scripted
    prompt: "{spec}"
    gate:
      - bash: grep good second.txt
    retry: [exit: 1]
`
const script = (second: string) => `- match: {step: first}
  do:
    - write: {path: first.txt, content: "first\\n"}
    - usage: {input: 10, output: 10, cost_usd: 0.5}
- do:
    - write: {path: second.txt, content: "${second}\\n"}
    - usage: {input: 10, output: 10, cost_usd: 0.25}
`

describe('gump run --replay', () => {
  it('starts a new run with the history of the old one, and does again what follows', async () => {
    const { gump, repo } = world(project(script('bad'), { '.gump/workflows/two.yaml': workflow }))
    expect((await gump(['run', 'two', '--spec', 'spec.md', '-q'])).code).toBe(1)
    repo.write('agent.yaml', script('good'))
    const { code, stdout, stderr } = await gump(['run', '--replay', '--from-step', 'second'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).not.toContain('[first]')
    expect(stdout).toContain('[second]')
    const report = JSON.parse((await gump(['report', '--json'])).stdout) as { cost_usd: number }
    expect(report.cost_usd).toBe(0.25)
    repo.commit()
    expect((await gump(['apply'])).code).toBe(0)
    expect(repo.read('first.txt') + repo.read('second.txt')).toBe('first\ngood\n')
  })

  it('takes the spec and the workflow of today for what follows, in any order', async () => {
    const { gump, repo } = world(project(script('bad'), { '.gump/workflows/two.yaml': workflow }))
    expect((await gump(['run', 'two', '--spec', 'spec.md', '-q'])).code).toBe(1)
    repo.write('agent.yaml', script('better'))
    repo.write(
      '.gump/workflows/two.yaml',
      workflow.replace('grep good second.txt', `printf %s {spec} | grep better`),
    )
    repo.write('spec.md', 'Make it better.\n')
    const again = ['--replay', '--from-step', 'second', '-q']
    expect((await gump(['run', ...again])).code).toBe(1)
    expect((await gump(['run', 'spec.md', '--workflow', 'two', ...again])).code).toBe(0)
    expect((await gump(['run', 'spec.md', '--recipe', 'two', '--cook', 'latest', ...again])).code).toBe(0)
    expect((await gump(['run', 'two', '--spec', 'spec.md', ...again])).code).toBe(0)
    expect((await gump(['run', 'missing.md', '-w', 'two', ...again])).stderr).toContain(
      'missing.md cannot be read',
    )
  })

  it.each([
    ['--max-budget', '0.1'],
    ['--max-tokens', '15'],
    ['--max-timeout', '1ms'],
  ])('holds the new run to %s', async (flag, value) => {
    const { gump } = world(project(script('good'), { '.gump/workflows/two.yaml': workflow }))
    expect((await gump(['run', 'two', '--spec', 'spec.md', '-q'])).code).toBe(0)
    const { code, stdout } = await gump(['run', '--replay', '--from-step', 'second', flag, value])
    expect(stdout).toContain(flag.slice(2).replace('-', '_'))
    expect(code).toBe(4)
  })

  it('wants to know from where, and refuses what only a start can take', async () => {
    const { gump } = world(project(script('good')))
    expect((await gump(['run', '--replay'])).stderr).toContain('--replay wants --from-step')
    expect((await gump(['run', '--replay', '--from-step', 'x', '--set', 'a=b'])).stderr).toContain(
      'it takes no --set',
    )
    expect((await gump(['run', 'one', '--run', 'latest'])).stderr).toContain(
      '--run goes with --resume or --replay',
    )
    expect((await gump(['run', '--replay', '--resume', '--from-step', 'x'])).code).toBe(2)
  })
})
