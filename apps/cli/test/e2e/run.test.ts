import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { steady, world } from './support/world.js'
import { fails, oneStep, project, succeeds } from './support/workflows.js'

describe('gump run', () => {
  it('runs a workflow and prints plain lines', async () => {
    const { gump, repo } = world(project(succeeds))
    const { code, stdout, stderr } = await gump(['run', 'one', '--spec', 'spec.md'])
    expect(stderr).toBe('')
    expect(steady(stdout)).toMatchInlineSnapshot(`
      "🍿 gump run one --spec spec.md

      → Step 1: Impl
        [impl]                     running  (scripted)  attempt 1/2
        [impl]                     gate     bash ✓
        [impl]                     pass     1 file +1  $0.50 DURATION

      Run completed: pass  duration: DURATION  cost: $0.50  turns: 1
        gump report    gump apply
      "
    `)
    expect(code).toBe(0)
    expect(repo.exists('done.txt')).toBe(false)
  })

  it('fails with the step, the reason and what helps', async () => {
    const { gump } = world(project(fails))
    const { code, stdout, stderr } = await gump(['run', 'one', '--spec', 'spec.md'])
    expect(stderr).toBe('')
    expect(steady(stdout)).toMatchInlineSnapshot(`
      "🍿 gump run one --spec spec.md

      → Step 1: Impl
        [impl]                     running  (scripted)  attempt 1/2
        [impl]                     gate     bash ✗
        [impl]                     retry    attempt 2/2 — same agent
        [impl]                     running  (scripted)  attempt 2/2
        [impl]                     gate     bash ✗
        [impl]                     fail     attempt 2/2  $1.00 DURATION

      Run completed: fail  duration: DURATION  cost: $1.00  turns: 2
        failed: impl (attempt 2/2)
        reason: gate bash failed
        gump report --detail impl    gump logs latest impl    gump run --resume
      "
    `)
    expect(code).toBe(1)
  })

  it('takes workflow and spec in any order, from any folder', async () => {
    const { gump, repo } = world(project(succeeds, { 'sub/keep.txt': '' }))
    const cwd = join(repo.dir, 'sub')
    const codes = await Promise.all([
      gump(['run', '../spec.md', '--workflow', 'one', '--quiet'], { cwd }),
      gump(['run', 'one', 'spec.md', '-q']),
      gump(['run', '../.gump/workflows/one.yaml', '--spec', '../spec.md', '-q'], { cwd }),
    ])
    expect(codes.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ])
  })

  it('prints the ledger as NDJSON and nothing else', async () => {
    const { gump } = world(project(succeeds))
    const { code, stdout } = await gump(['run', 'one', '--spec', 'spec.md', '--json'])
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number; type: string })
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
    expect(events[0]?.type).toBe('run_started')
    expect(events.at(-1)).toMatchObject({ type: 'run_completed', status: 'passed' })
    expect(code).toBe(0)
  })

  it('uses colour only when it is wanted', async () => {
    const { gump } = world(project(succeeds))
    const plain = await gump(['run', 'one', '--spec', 'spec.md'])
    const forced = await gump(['run', 'one', '--spec', 'spec.md'], { env: { FORCE_COLOR: '1' } })
    const both = await gump(['run', 'one', '--spec', 'spec.md'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })
    expect([plain, forced, both].map(({ stdout }) => stdout.includes('\u001b['))).toEqual([
      false,
      true,
      false,
    ])
  })

  it('gives inputs to the prompt as they are', async () => {
    const workflow = `name: inputs
steps:
  - name: impl
    type: code
    agent: scripted
    prompt: "A {first} B {second}"
`
    const { gump, repo } = world(
      project(succeeds, { '.gump/workflows/inputs.yaml': workflow, 'value.txt': 'x=1, y\n' }),
    )
    const { code, stdout } = await gump([
      'run',
      'inputs',
      '--set',
      'first=a=b, c',
      '--set',
      'second=@value.txt',
      '--json',
    ])
    expect(code).toBe(0)
    const launching = stdout.split('\n').find((line) => line.includes('"agent_launching"')) ?? '{}'
    const { run_id: run, prompt } = JSON.parse(launching) as { run_id: string; prompt: { path: string } }
    expect(repo.read(`.gump/runs/${run}/${prompt.path}`)).toContain('A a=b, c B x=1, y')
  })

  it('names older runs that can be resumed where the latest has passed', async () => {
    const { gump, repo } = world(project(fails))
    expect((await gump(['run', 'one', '--spec', 'spec.md', '-q'])).code).toBe(1)
    repo.write('agent.yaml', succeeds)
    repo.git('commit', '-qam', 'an agent that succeeds')
    expect((await gump(['run', 'one', '--spec', 'spec.md', '-q'])).code).toBe(0)
    const { code, stderr } = await gump(['run', '--resume'])
    expect(code).toBe(2)
    const [older] = /run_\S+(?= \(one, fail)/u.exec(stderr) ?? []
    expect(stderr.replaceAll(/\s+/gu, ' ')).toContain(`gump run --resume --run ${older} resumes the newest`)
    expect(older).not.toBe(undefined)
  })

  it('plays a script named on the command line, and finds it again on resume', async () => {
    const { gump, repo } = world(project(fails))
    repo.write('sub/good.yaml', fails)
    repo.commit()
    const cwd = join(repo.dir, 'sub')
    const first = await gump(['run', 'one', '--spec', '../spec.md', '--agent', 'scripted:good.yaml', '-q'], {
      cwd,
    })
    expect([first.code, first.stderr]).toEqual([1, ''])
    repo.write('sub/good.yaml', succeeds)
    const second = await gump(['run', '--resume', '-q'])
    expect([second.code, second.stderr]).toEqual([0, ''])
  })
})

describe('gump run --dry-run', () => {
  it('prints the plan and creates nothing', async () => {
    const { gump, repo } = world(project(succeeds))
    const before = repo.tree()
    const { code, stdout, stderr } = await gump(['run', 'one', '--spec', 'spec.md', '--dry-run'])
    expect(stderr).toBe('')
    expect(stdout).toMatchInlineSnapshot(`
      "Workflow  one  (project: .gump/workflows/one.yaml)
      Limits    none

      Steps
        impl  code  scripted  worktree read-write
            prompt   {spec}
            {spec}   the spec of the run
            gate     bash: test -f done.txt
            attempt  1: scripted, new session, worktree as it is
            attempt  2: scripted, same session, worktree kept

      Agents
        scripted  its own default model, embedded, reports its cost

      "
    `)
    expect(code).toBe(0)
    expect(repo.tree()).toEqual(before)
    expect(existsSync(join(repo.dir, '.gump/runs'))).toBe(false)
    expect(repo.git('branch', '--list')).toBe('* main')
  })

  it('refuses what could not run, with exit 2', async () => {
    const { gump } = world(project(succeeds))
    const { code, stdout, stderr } = await gump([
      'run',
      'one',
      '--spec',
      'spec.md',
      '--dry-run',
      '--agent',
      'codx',
    ])
    expect(code).toBe(2)
    expect(stdout).toContain('Workflow  one')
    expect(stderr).toContain('codx')
  })

  it('says what every name stands for, what changes when, and what is called', async () => {
    const workflow = `name: much
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: 3
    each:
      - name: impl
        agent: scripted
        timeout: 90s
        context: [file: docs/*.md]
        gate: [compile, {validate: judge, focus: "{focus}"}]
        retry:
          - not: judge
            prompt: "{gate.judge.comments}"
          - attempt: 2
            cause: guard
            agent: scripted-big
          - exit: 2
`
    const judge =
      'name: judge\nsteps:\n  - {name: verdict, type: validate, agent: scripted, prompt: "{focus} {diff}"}\n'
    const { gump } = world(
      project(succeeds, {
        '.gump/workflows/much.yaml': workflow,
        '.gump/workflows/judge.yaml': judge,
        'package.json': '{"name":"x"}',
      }),
    )
    const { code, stdout, stderr } = await gump(['run', 'much', '--dry-run'])
    expect(code).toBe(2)
    expect(stderr).toContain('nothing provides {focus}')
    expect(stdout).toMatchInlineSnapshot(`
      "Workflow  much  (project: .gump/workflows/much.yaml)
      Limits    none
      Input     focus is missing: --set focus=VALUE

      Steps
        plan  split  scripted  worktree read-only, parallel, at most 3
            prompt   (the default)
                     Read the specification and the code it touches. Split the work into small tasks that can be done and checked one by one, in an order that works.
                     Change no file of the project.

                     {spec}
            {spec}   the spec of the run
            guard    no_write true
          for each task
            plan/*/impl  code  scripted  worktree read-write
                prompt   (the default)
                         Implement this task, and nothing else.

                         {task.name}
                         {task.description}

                         {task.files}
                context  file: docs/*.md
                {task.name}  name of the task
                {task.description}  description of the task
                {task.files}  files of the task
                {focus}  input focus
                {gate.judge.comments}  plan/*/impl.gate.judge.comments
                guard    max_time 1m30s
                gate     compile: syntax check  (JavaScript has no compile step here, so changed files get a syntax check)
                gate     judge: workflow judge
                           focus = {focus}
                attempt  1: scripted, new session, worktree as it is
                attempt  2, after a failed gate: scripted, same session, worktree kept
                attempt  2, after a tripped guard: scripted-big, new session, worktree kept
                attempt  2, after a review that said no: scripted, same session, worktree kept
                when     judge fails: own prompt

      Called: judge  (.gump/workflows/judge.yaml)
        verdict  validate  scripted  worktree read-only
            prompt   {focus} {diff}
            {focus}  input focus
            {diff}   in a gate and in a validate step what is judged, elsewhere what the failed attempt changed
            guard    no_write true

      Agents
        scripted  its own default model, embedded, reports its cost
        scripted-big  model big, embedded, reports its cost

      "
    `)
  })

  it('has no plan for a workflow with mistakes, and shows lines of built-in ones', async () => {
    const { gump } = world(project(succeeds, { '.gump/workflows/bad.yaml': 'name: bad\nsteps: []\n' }))
    const bad = await gump(['run', 'bad', '--dry-run'])
    expect(bad.stdout).toContain('No plan: the workflow has mistakes.')
    const { stderr } = await gump(['run', 'tdd', '--dry-run', '--agent', 'scripted'])
    expect(stderr).toMatch(/builtin:tdd\.yaml:\d+:\d+ +GUMP-T003 .*\n +\d+ \| +prompt: \|/u)
  })

  it('prints the plan as JSON', async () => {
    const { gump } = world(project(succeeds))
    const { code, stdout } = await gump([
      'run',
      'one',
      '--spec',
      'spec.md',
      '--dry-run',
      '--json',
      '--max-budget',
      '2',
    ])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ workflow: { name: 'one' }, limits: { max_budget_usd: 2 } })
  })
})

describe('gump run --agent replay:RUN', () => {
  it('does again what the agents did, under today’s gates', async () => {
    const script = `- match: {attempt: 1}
  do:
    - write: {path: other.txt, content: "first\\n"}
    - usage: {input: 10, output: 10, cost_usd: 0.25}
- do:
    - write: {path: done.txt, content: "second\\n", mode: 0o755}
    - usage: {input: 10, output: 10, cost_usd: 0.5}
`
    const { gump, repo } = world(project(script))
    expect((await gump(['run', 'one', '--spec', 'spec.md', '-q'])).code).toBe(0)
    repo.write('agent.yaml', fails)
    repo.commit()
    const again = await gump(['run', 'one', '--spec', 'spec.md', '--agent', 'replay:latest', '--json'])
    expect([again.code, again.stderr]).toEqual([0, ''])
    const end = JSON.parse(again.stdout.trimEnd().split('\n').at(-1) ?? '{}') as { commit: string }
    expect(repo.git('show', `${end.commit}:done.txt`)).toBe('second')
    expect(repo.git('ls-tree', end.commit, 'done.txt')).toMatch(/^100755/u)
    expect(repo.git('show', `${end.commit}:other.txt`)).toBe('first')
    repo.write('.gump/workflows/one.yaml', oneStep.replace('done.txt', 'never.txt'))
    repo.commit()
    const stricter = await gump(['run', 'one', '--spec', 'spec.md', '--agent', 'replay:latest', '-q'])
    expect(stricter.code).toBe(1)
  })
})
