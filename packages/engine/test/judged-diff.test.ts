import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const script = `
- match: {step: plan}
  do: [{out: {plan: [{name: one, description: First}, {name: two, description: Second}]}}]
- match: {step: impl, task: one}
  do: [{write: {path: one.txt, content: "1\\n"}}]
- match: {step: impl, task: two}
  do: [{write: {path: two.txt, content: "2\\n"}}]
- match: {step: impl}
  do: [{write: {path: only.txt, content: "only\\n"}}]
- match: {step: more}
  do: [{write: {path: more.txt, content: "more\\n"}}]
- do: [{out: {validate: {pass: true, comments: fine}}}]
`

const reviewer =
  'name: reviewer\nsteps:\n  - {name: verdict, type: validate, agent: claude, prompt: "look:\\n{diff}"}\n'

/** The files that each launch of a judge was shown a change of, by path. */
async function shown(steps: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const { engine, repo } = world({
    workflows: { main: `name: main\nsteps:\n${steps}`, reviewer },
    script,
  })
  repo.write('spec.md', 'Do it.\n')
  const run = await engine.start({ workflow: 'main', spec: 'spec.md' })
  expect(await run.result).toMatchObject({ status: 'passed' })
  const launches = (await engine.events(run.id)).flatMap((e) => (e.type === 'agent_launching' ? [e] : []))
  return Object.fromEntries(
    launches
      .filter(({ step }) => /check|verdict/.test(step))
      .map(({ step, prompt }) => {
        const text = repo.read(`.gump/runs/${run.id}/${prompt.path}`)
        return [step, [...text.matchAll(/^diff --git a\/(\S+)/gmu)].map(([, file]) => file ?? '')]
      }),
  )
}

describe('what there is to judge', () => {
  it('is all work so far for a validate step, with the default prompt and with its own', async () => {
    expect(
      await shown(`  - {name: impl, agent: claude, prompt: go}
  - {name: check, type: validate, agent: claude}
  - {name: more, agent: claude, prompt: go}
  - {name: check-again, type: validate, agent: claude, prompt: "{diff}"}
`),
    ).toEqual({ check: ['only.txt'], 'check-again': ['more.txt', 'only.txt'] })
  })

  it('is the work on the task inside of one, also side by side', async () => {
    const each = (parallel: string): string => `  - name: plan
    type: split
    agent: claude
    prompt: split
    ${parallel}
    each:
      - {name: impl, agent: claude, prompt: go}
      - {name: check, type: validate, agent: claude}
`
    const expected = { 'plan/one/check': ['one.txt'], 'plan/two/check': ['two.txt'] }
    expect(await shown(each('on_conflict: rerun\n    parallel: true'))).toEqual(expected)
    expect(await shown(each('hitl: false'))).toEqual(expected)
  })

  it('reaches the validator of a gate step and of a group', async () => {
    const gate = 'gate: [{validate: reviewer, diff: "{diff}"}]'
    expect(
      await shown(`  - {name: impl, agent: claude, prompt: go}
  - name: group
    steps:
      - {name: more, agent: claude, prompt: go}
    ${gate}
  - {name: quality, ${gate}}
`),
    ).toEqual({
      'group/gate.reviewer/verdict': ['more.txt'],
      'quality/gate.reviewer/verdict': ['more.txt', 'only.txt'],
    })
  })
})
