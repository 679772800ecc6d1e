import { describe, expect, it } from 'vitest'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { scripted } from '@gump/agents'
import { readTree } from '@gump/testkit'
import { types, world } from './support/world.js'

const simple = `
name: simple
steps:
  - name: plan
    type: split
    agent: claude
    gate: [schema]
    each:
      - name: impl
        type: code
        agent: claude
        gate:
          - bash: test -f done/{task.name}
        retry:
          - attempt: 2
            agent: codex
          - exit: 3
  - name: check
    gate:
      - bash: ls done
`

const script = `
- match: {step: plan}
  do:
    - turn: {}
    - out: {plan: [{name: one, description: First}, {name: two, description: Second}]}
    - usage: {input: 1000, output: 100, cost_usd: 0.25}
- match: {step: impl, task: one}
  do:
    - write: {path: done/one, content: "1\\n"}
    - usage: {input: 10, output: 10, cost_usd: 0.5}
- match: {step: impl, task: two, attempt: 1}
  do:
    - write: {path: half, content: "2\\n"}
    - usage: {input: 10, output: 10, cost_usd: 0.1}
- match: {step: impl, task: two, attempt: 2}
  do:
    - write: {path: done/two, content: "2\\r\\n"}
    - usage: {input: 10, output: 10, cost_usd: 0.2}
`

describe('an engine', () => {
  it('refuses two agents of one name', async () => {
    const { engine } = world({ workflows: { simple }, script, agents: [scripted(), scripted()] })
    await expect(engine.start({ workflow: 'simple' })).rejects.toMatchObject({
      code: 'GUMP-C007',
      message: 'two agents are called "scripted"',
    })
  })
})

describe('a run', () => {
  it('splits, works, retries with a stronger agent and passes', async () => {
    const { repo, engine } = world({ workflows: { simple }, script })
    const before = repo.tree()
    const head = repo.git('rev-parse', 'HEAD')
    const run = await engine.start({ workflow: 'simple' })
    const result = await run.result

    expect(result).toMatchObject({ status: 'passed', baseCommit: head })
    expect(result.usage).toMatchObject({ cost_usd: 1.05, cost_source: 'native' })
    expect(repo.git('rev-parse', 'HEAD')).toBe(head)
    expect(repo.git('status', '--porcelain')).toBe('')
    const own = Object.fromEntries(Object.entries(repo.tree()).filter(([path]) => !path.startsWith('.gump/')))
    expect(own).toEqual(before)

    const events = await engine.events(run.id)
    expect(types(events)).toContain('retry_triggered')
    expect(events.find((e) => e.type === 'retry_triggered')).toMatchObject({
      agent: 'codex',
      escalated: true,
      session: 'new',
    })
    expect(repo.git('log', '--format=%s', `${head}..${result.commit}`)).toBe(
      'gump: plan/two/impl\ngump: plan/one/impl',
    )
    expect(repo.git('log', '-1', '--format=%(trailers:key=Gump-Agent,valueonly)', result.commit).trim()).toBe(
      'codex',
    )
    expect(repo.git('show', `${result.commit}:done/two`)).toBe('2\r')
  })

  it('touches the user branch only when it is applied, and leaves it clean', async () => {
    const { repo, engine } = world({ workflows: { simple }, script })
    const run = await engine.start({ workflow: 'simple' })
    await run.result
    const applied = await engine.apply(run.id)
    expect(applied.status).toBe('merged')
    expect(repo.git('status', '--porcelain')).toBe('')
    expect(repo.read('done/one')).toBe('1\n')
    expect(repo.git('log', '-1', '--format=%(trailers:key=Gump-Run,valueonly)').trim()).toBe(run.id)
    await expect(engine.apply(run.id)).rejects.toMatchObject({ code: 'GUMP-G005' })
  })

  it('fails honestly when the last attempt failed', async () => {
    const broken = script.replaceAll('done/two', 'elsewhere/two').replace(', attempt: 2}', '}')
    const { engine } = world({ workflows: { simple }, script: broken })
    const run = await engine.start({ workflow: 'simple' })
    const result = await run.result
    expect(result).toMatchObject({ status: 'failed', failedStep: 'plan/two/impl' })
    await expect(engine.apply(run.id)).rejects.toMatchObject({ code: 'GUMP-G006' })
    expect((await engine.find('latest')).status).toBe('failed')
  })

  it('creates nothing when it is only planned', async () => {
    const { repo, engine } = world({ workflows: { simple }, script })
    const before = readTree(repo.dir)
    const git = readdirSync(join(repo.dir, '.git')).toSorted()
    const plan = await engine.plan({ workflow: 'simple' })
    expect(plan.diagnostics.filter((d) => d.severity === 'error')).toEqual([])
    expect(plan.steps.map((step) => step.path)).toEqual(['plan', 'check'])
    expect(plan.steps[0]?.steps[0]?.attempts.map((a) => a.agent)).toEqual(['claude', 'codex', 'codex'])
    expect(readTree(repo.dir)).toEqual(before)
    expect(readdirSync(join(repo.dir, '.git')).toSorted()).toEqual(git)
  })

  it('says in words which session an attempt of the earlier dialect has', async () => {
    const step = (session: string) => `
name: old
steps:
  - {name: a, agent: claude, output: diff, prompt: x, session: ${session}, on_failure: {retry: 1}}
`
    const planned = async (session: string) => {
      const { engine } = world({ workflows: { old: step(session) }, script })
      const [a] = (await engine.plan({ workflow: 'old' })).steps
      return [a?.session, ...(a?.attempts.map((attempt) => attempt.session) ?? [])]
    }
    expect(await planned('fresh')).toEqual(['new', 'new', 'new'])
    expect(await planned('reuse-on-retry')).toEqual(['new, kept by its retries', 'new', 'same'])
  })

  it('tells the retrying agent what went wrong', async () => {
    const { repo, engine } = world({ workflows: { simple }, script })
    const run = await engine.start({ workflow: 'simple' })
    await run.result
    const prompt = repo.read(`.gump/runs/${run.id}/artifacts/plan/two/impl/2/prompt.txt`)
    expect(prompt).toContain('## Attempt 2 of 3')
    expect(prompt).toContain('The attempt before was made by claude; you take over.')
    expect(prompt).toContain('gate bash failed')
  })
})

describe('before a run', () => {
  it('refuses changes to tracked files, and says so', async () => {
    const { repo, engine } = world({ workflows: { simple }, script })
    repo.write('README.md', 'changed\n')
    await expect(engine.start({ workflow: 'simple' })).rejects.toMatchObject({ code: 'GUMP-P003' })
    expect(repo.exists('.gump')).toBe(false)
  })

  it('finds an unknown agent before anything is created', async () => {
    const { repo, engine } = world({ workflows: { simple: simple.replace('codex', 'cdoex') }, script })
    await expect(engine.start({ workflow: 'simple' })).rejects.toMatchObject({ code: 'GUMP-P005' })
    expect(repo.exists('.gump')).toBe(false)
  })

  it('finds an unknown agent in what it is given', async () => {
    const given = 'name: given\nsteps: [{name: a, agent: "{who}", prompt: x}]\n'
    const { engine } = world({ workflows: { given }, script })
    const start = (who: string) => engine.plan({ workflow: 'given', inputs: { who } })
    expect((await start('cluade')).diagnostics).toMatchObject([{ code: 'GUMP-P005', severity: 'error' }])
    expect((await start('codex')).agents.map(({ name }) => name)).toEqual(['codex'])
  })

  it('finds an unknown agent beside mistakes of structure', async () => {
    const wrong = simple.replace('codex', 'cdoex').replace('bash: ls done', 'bsh: ls done')
    const { engine } = world({ workflows: { simple: wrong }, script })
    const { diagnostics } = await engine.plan({ workflow: 'simple' })
    const codes = diagnostics.flatMap(({ code, severity }) => (severity === 'error' ? [code] : []))
    expect(codes).toEqual(['GUMP-W032', 'GUMP-P005'])
  })

  it('takes a bare name in a shell command for an input where it is given', async () => {
    const quoted = `name: quoted
steps:
  - {name: a, gate: [bash: "echo '{issue}'"]}
  - {name: b, workflow: inner, with: {issue: x}}
`
    const inner = `name: inner
steps: [{name: c, gate: [bash: "echo '{issue}' '{print}'"]}]
`
    const { repo, engine } = world({ workflows: { quoted, inner }, script })
    const at = async (inputs: Readonly<Record<string, string>>) => {
      const { diagnostics, steps } = await engine.plan({ workflow: 'quoted', inputs })
      const found = diagnostics.map(({ code, file, range }) => `${code} ${file} ${range?.start.line}`)
      return { found, variables: steps.flatMap((step) => step.variables) }
    }
    const inCall = 'GUMP-T004 builtin:inner.yaml 2'
    expect(await at({})).toEqual({ found: [inCall], variables: [] })
    expect(await at({ issue: 'x' })).toEqual({
      found: ['GUMP-T004 builtin:quoted.yaml 3', inCall],
      variables: [{ name: 'issue', resolvesTo: 'issue', source: 'input' }],
    })
    await expect(engine.start({ workflow: 'quoted', inputs: { issue: 'x' } })).rejects.toMatchObject({
      code: 'GUMP-T004',
    })
    expect(repo.exists('.gump')).toBe(false)
  })

  it('names every missing input at once', async () => {
    const asking = `
name: asking
steps:
  - name: a
    agent: claude
    prompt: Do {this} and {that}
`
    const { engine } = world({ workflows: { asking }, script })
    const refused = await engine.start({ workflow: 'asking' }).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      code: 'GUMP-T003',
      diagnostics: [{ code: 'GUMP-T003' }, { code: 'GUMP-T003' }],
    })
  })
})
