import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const research = `name: research
steps:
  - {name: look, type: artifact, agent: claude, prompt: "Look at {what}"}
  - {name: sum-up, type: artifact, agent: claude, prompt: "Sum up {look}"}
`
const script = `
- match: {step: look}
  do: [{out: {artifact: "seen it"}}]
- match: {step: sum-up}
  do: [{out: {artifact: "in short"}}]
- match: {step: plan}
  do: [{out: {plan: [{name: one, description: First}]}}]
- do: [{write: {path: done.txt, content: "done\\n"}}]
`

async function prompts(steps: string): Promise<Readonly<Record<string, string>>> {
  const { engine, repo } = world({ workflows: { main: `name: main\nsteps:\n${steps}`, research }, script })
  const run = await engine.start({ workflow: 'main' })
  expect(await run.result).toMatchObject({ status: 'passed' })
  const launches = (await engine.events(run.id)).flatMap((e) => (e.type === 'agent_launching' ? [e] : []))
  return Object.fromEntries(
    launches.map(({ step, prompt }) => [step, repo.read(`.gump/runs/${run.id}/${prompt.path}`)]),
  )
}

describe('a workflow in GET', () => {
  it('feeds the prompt with the output of its last step', async () => {
    const seen = await prompts(`  - name: impl
    type: code
    get: {prompt: Build it., workflow: research, with: {what: the code}}
    run: {agent: claude}
`)
    expect(seen['impl/get.research/look']).toContain('Look at the code')
    expect(seen['impl']).toBe('## From the workflow research\n\nin short\n\nBuild it.')
  })

  it('leaves it to a prompt that names its state, also for each task', async () => {
    const seen = await prompts(`  - name: plan
    type: split
    agent: claude
    prompt: Split.
    each:
      - name: impl
        agent: claude
        get: {workflow: research, what: "{task.name}", prompt: "{state.look} and {impl.state.sum-up.output}."}
`)
    expect(seen['plan/one/impl/get.research/look']).toContain('Look at one')
    expect(seen['plan/one/impl']).toBe('seen it and in short.')
  })

  it('can be named by what it is called, in the prompt, its gates and its retries', async () => {
    const seen = await prompts(`  - name: impl
    type: code
    get:
      prompt: "{research} = {research.output}, {research.status}, {research.state.look.output}"
      workflow: research
      what: the code
    run: {agent: claude}
    gate:
      - bash: test {research.output} = "in short" && test {attempt} = 2
    retry:
      - attempt: 2
        prompt: "Again, after {research.output}"
      - exit: 2
`)
    expect(Object.keys(seen)).toEqual(['impl/get.research/look', 'impl/get.research/sum-up', 'impl'])
    expect(seen['impl']).toContain('Again, after in short')
  })

  it('is a name of that step only, behind the names of steps', async () => {
    const broken = `name: main
steps:
  - {name: impl, type: code, get: {prompt: "{reserch.output} {research.outptu}", workflow: research, what: x}, run: {agent: claude}}
  - {name: after, agent: claude, prompt: "{research.output}"}
`
    const { engine } = world({ workflows: { main: broken, research }, script })
    await expect(engine.start({ workflow: 'main' })).rejects.toMatchObject({
      diagnostics: [
        { code: 'GUMP-T001', suggestion: '{research.output}' },
        { code: 'GUMP-T001', message: 'there is no {research.outptu} here' },
        { code: 'GUMP-T001', message: 'there is no {research.output} here' },
      ],
    })
  })

  it('is what {state.KEY} needs', async () => {
    const text = 'name: main\nsteps:\n  - {name: impl, agent: claude, prompt: "{state.look}"}\n'
    const { engine } = world({ workflows: { main: text }, script })
    await expect(engine.start({ workflow: 'main' })).rejects.toMatchObject({ code: 'GUMP-T001' })
  })
})

describe('a workflow as a step', () => {
  it('leaves its state to the steps after it', async () => {
    const seen = await prompts(`  - {name: study, workflow: research, with: {what: it}}
  - {name: impl, agent: claude, prompt: "{study.state.look.output}, {study.state.sum-up}"}
`)
    expect(seen['impl']).toBe('seen it, in short')
  })
})
