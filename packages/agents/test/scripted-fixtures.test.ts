import { parseAgentScript, scripted } from '@gump/agents'
import { readFixtures, sampleRequest } from '@gump/agents/conformance'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('fixtures/scripted', import.meta.url))

describe('the recorded streams of the scripted agent are what the scripts compile to', () => {
  const { position } = sampleRequest()
  it.each(readFixtures(folder).map((fixture) => [fixture.name, fixture] as const))('%s', (name, fixture) => {
    const script = parseAgentScript(readFileSync(`${folder}/${name}/script.yaml`, 'utf8'), 'script.yaml')
    const plan = scripted(script).launch(
      sampleRequest({ model: null, position: { ...position, agent: 'scripted' } }),
    )
    const steps = plan.kind === 'embedded' ? plan.program.steps : []
    const lines = steps.filter((step) => step.do === 'emit').map((step) => `${step.line}\n`)
    expect(lines.join('')).toBe(Buffer.from(fixture.stdout).toString('utf8'))
    expect(steps.find((step) => step.do === 'exit')?.code ?? 0).toBe(fixture.expected.exit.code)
  })
})
