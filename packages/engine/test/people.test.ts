import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type HumanQuestion, systemClock } from '@gump/engine'
import type { LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'
import { types, type World, world } from './support/world.js'

const steps = (...entries: readonly string[]): string =>
  `name: w\nsteps:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`
const writes = (name: string): string =>
  `- match: {step: ${name}}\n  do: [turn, {write: {path: ${name}.txt, content: "${name}"}}]\n`

/** Another engine on the same repository: what a later process would be. */
const again = (repo: World['repo'], text: string, script: string): World['engine'] =>
  world({ repo, workflows: { w: text }, script }).engine

const filesOf = (repo: World['repo'], commit: string): readonly string[] =>
  repo.git('ls-tree', '-r', '--name-only', commit).split('\n')

describe('people', () => {
  const text = steps(
    '{name: a, agent: scripted, prompt: go, hitl: before_gate, gate: [{bash: "test -f a.txt"}], retry: [{exit: 2}]}',
  )

  it('a run paused in one engine is approved from another', async () => {
    const { repo, engine } = world({ workflows: { w: text }, script: writes('a') })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'paused' })
    const resumed = await again(repo, text, writes('a')).resume({
      run: 'latest',
      answer: { decision: 'continue' },
    })
    expect(await resumed.result).toMatchObject({ status: 'passed' })
  })

  it('a rejection is a failed attempt whose note reaches the next prompt', async () => {
    const { repo, engine } = world({ workflows: { w: text }, script: writes('a') })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    const other = again(repo, text, writes('a'))
    const rejected = await other.resume({ run: run.id, answer: { decision: 'retry', note: 'use tabs' } })
    expect(await rejected.result).toMatchObject({ status: 'paused' })
    expect(repo.read(`.gump/runs/${run.id}/artifacts/a/2/prompt.txt`)).toContain('use tabs')
  })

  it('a rejection continues after the last attempt, in the files and the session of before', async () => {
    const once = steps(
      '{name: a, agent: scripted, prompt: go, hitl: after_gate, gate: [{bash: "test -f a.txt"}]}',
    )
    const second = '- match: {round: 2}\n  do: [turn, {write: {path: b.txt, content: "b"}}]\n'
    const { repo, engine } = world({ workflows: { w: once }, script: second + writes('a') })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    const other = again(repo, once, second + writes('a'))
    const rejected = await other.resume({ run: run.id, answer: { decision: 'retry', note: 'add b' } })
    expect(await rejected.result).toMatchObject({ status: 'paused' })
    expect(repo.read(`.gump/runs/${run.id}/artifacts/a/2.1.1/prompt.txt`)).toContain(
      'because a person has looked at it and says:\n```\nadd b',
    )
    const launches = (await other.events(run.id)).flatMap((e) => (e.type === 'agent_launching' ? [e] : []))
    expect(launches.map((e) => e.session_mode)).toEqual(['new', 'resume'])
    const approving = again(repo, once, second + writes('a'))
    const result = await (await approving.resume({ run: run.id, answer: { decision: 'continue' } })).result
    expect(filesOf(repo, result.commit)).toEqual(['README.md', 'a.txt', 'b.txt'])
  })

  it('may take their time: no step counts it, asked at once or answered by a later process', async () => {
    let later = 0
    const clock = { ...systemClock, now: () => systemClock.now() + later }
    const hour = 60 * 60_000
    const human = {
      ask: async () => {
        later += hour
        return { decision: 'continue' as const }
      },
    }
    const asking = world({ workflows: { w: text }, script: writes('a'), ambient: { human, clock } })
    const asked = await asking.engine.start({ workflow: 'w' })
    await asked.result
    const parking = world({ workflows: { w: text }, script: writes('a'), ambient: { clock } })
    const parked = await parking.engine.start({ workflow: 'w' })
    await parked.result
    later += hour
    const resumed = await parking.engine.resume({ run: parked.id, answer: { decision: 'continue' } })
    await resumed.result
    for (const events of [await asking.engine.events(asked.id), await parking.engine.events(parked.id)]) {
      const ends = events.flatMap((e) => (e.type === 'step_completed' ? [e.duration_ms] : []))
      expect(ends).toHaveLength(1)
      expect(Math.max(...ends)).toBeLessThan(hour)
    }
  })

  it('is asked while the run continues, where a person can be asked', async () => {
    const questions: string[] = []
    const human = {
      ask: async (question: { step: string; at: string }) => {
        questions.push(`${question.step} ${question.at}`)
        return { decision: 'continue' as const }
      },
    }
    const { engine } = world({ workflows: { w: text }, script: writes('a'), ambient: { human } })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    expect(questions).toEqual(['a before_gate'])
  })
})

describe('edits that a person makes in the worktree', () => {
  it('are kept when the run continues, and noted', async () => {
    const text = steps('{name: a, agent: scripted, prompt: go, gate: [{bash: "test -f fixed.txt"}]}')
    const { repo, engine } = world({ workflows: { w: text }, script: writes('a') })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed' })
    repo.write(`../project.gump/run-${run.id}/fixed.txt`, 'by hand\n')
    const resumed = await again(repo, text, writes('a')).resume({ run: run.id })
    const result = await resumed.result
    expect(result.status).toBe('passed')
    expect(repo.git('show', `${result.commit}:fixed.txt`)).toBe('by hand')
    expect(types(await engine.events(run.id))).toContain('edits_adopted')
  })
})

describe('a person who answers later', () => {
  const text = steps('{name: a, agent: scripted, prompt: go, hitl: before_gate}')

  it('leaves the run paused, for another process to answer', async () => {
    const human = { ask: async () => ({ decision: 'later' as const }) }
    const { repo, engine } = world({ workflows: { w: text }, script: writes('a'), ambient: { human } })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'paused' })
    const asking = world({
      repo,
      workflows: { w: text },
      script: writes('a'),
      ambient: { human: { ask: async () => ({ decision: 'continue' as const }) } },
    })
    const resumed = await asking.engine.resume({ run: run.id })
    expect(await resumed.result).toMatchObject({ status: 'passed' })
  })
})

describe('a pause that is asked for at the start', () => {
  const text = `
name: w
steps:
  - name: g
    steps:
      - {name: a, agent: scripted, prompt: go}
    gate: [{bash: "test -f a.txt"}]
    retry: [{exit: 2}]
  - {name: b, agent: scripted, prompt: go}
`
  const script = writes('a') + writes('b')

  it('is refused when there is no such step, before anything is created', async () => {
    const { repo, engine } = world({ workflows: { w: text }, script })
    await expect(engine.start({ workflow: 'w', pauseAfter: ['gg/aa'] })).rejects.toMatchObject({
      code: 'GUMP-R002',
      message: 'there is no step "gg/aa" to pause after',
    })
    expect(repo.exists('.gump')).toBe(false)
  })

  it.each(['a', 'g/a', 'b'])('comes after the step %s', async (name) => {
    const { engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w', pauseAfter: [name] })
    expect(await run.result).toMatchObject({ status: 'paused' })
  })

  it('comes after a whole group, which a rejection runs again', async () => {
    const { repo, engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w', pauseAfter: ['g'] })
    expect(await run.result).toMatchObject({ status: 'paused' })
    const rejecting = again(repo, text, script)
    const second = await rejecting.resume({ run: run.id, answer: { decision: 'retry', note: 'again' } })
    expect(await second.result).toMatchObject({ status: 'paused' })
    expect(repo.read(`.gump/runs/${run.id}/artifacts/g/a/2.1.1/prompt.txt`)).toContain('again')
    repo.write(`../project.gump/run-${run.id}/hand.txt`, 'by hand\n')
    const approving = again(repo, text, script)
    const last = await approving.resume({ run: run.id, answer: { decision: 'continue' } })
    const result = await last.result
    expect(result.status).toBe('passed')
    expect(filesOf(repo, result.commit)).toEqual(['README.md', 'a.txt', 'b.txt', 'hand.txt'])
  })
})

describe('edits that a person makes while a step waits for them', () => {
  const asking = (at: string, gate: string): string =>
    steps(
      `{name: a, agent: scripted, prompt: go, hitl: ${at}, gate: [{bash: "${gate}"}]}`,
      '{name: b, agent: scripted, prompt: go}',
    )
  const script = writes('a') + writes('b')

  it.each(['before_gate', 'after_gate'])('%s: are judged and go into the commit of the step', async (at) => {
    const text = asking(at, 'cp a.txt built.txt; grep -qx a a.txt')
    const { repo, engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'paused' })
    repo.write(`../project.gump/run-${run.id}/hand.txt`, 'by hand\n')
    const other = again(repo, text, script)
    const result = await (await other.resume({ run: 'latest', answer: { decision: 'continue' } })).result
    expect(result).toMatchObject({ status: 'passed' })
    expect(filesOf(repo, result.commit)).toEqual(['README.md', 'a.txt', 'b.txt', 'hand.txt'])
    expect(filesOf(repo, `${result.commit}~1`)).toContain('hand.txt')
    const events = await other.events(run.id)
    const taken = events.findIndex((e) => e.type === 'snapshot_created' && e.by === 'person')
    const judged = events.findIndex((e, i) => i > taken && e.type === 'gate_passed')
    expect(taken).toBeGreaterThan(0)
    expect(judged).toBeGreaterThan(taken)
    expect(events.filter((e) => e.type === 'hitl_paused')).toHaveLength(1)
  })

  it('fail the step when they break its gates', async () => {
    const text = asking('after_gate', 'test $(cat a.txt) = a')
    const human = {
      ask: async (question: HumanQuestion) => {
        writeFileSync(join(question.worktree, 'a.txt'), 'wrong')
        return { decision: 'continue' as const }
      },
    }
    const { engine } = world({ workflows: { w: text }, script, ambient: { human } })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'a' })
  })

  it('are what the next attempt begins with after a rejection', async () => {
    const text = steps('{name: a, agent: scripted, prompt: go, hitl: before_gate, retry: [{exit: 2}]}')
    const { repo, engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    repo.write(`../project.gump/run-${run.id}/hand.txt`, 'by hand\n')
    const other = again(repo, text, script)
    await (
      await other.resume({ run: run.id, answer: { decision: 'retry', note: 'more' } })
    ).result
    const last = again(repo, text, script)
    const result = await (await last.resume({ run: run.id, answer: { decision: 'continue' } })).result
    expect(result.status).toBe('passed')
    expect(filesOf(repo, result.commit)).toEqual(['README.md', 'a.txt', 'hand.txt'])
  })

  it('can take back all that an agent did; its work stays reachable', async () => {
    const text = asking('before_gate', 'true')
    const { repo, engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    repo.git('-C', `../project.gump/run-${run.id}`, 'clean', '-fdq')
    const other = again(repo, text, script)
    const result = await (await other.resume({ run: run.id, answer: { decision: 'continue' } })).result
    expect(filesOf(repo, result.commit)).toEqual(['README.md', 'b.txt'])
    expect(repo.git('rev-list', '--count', `main..${result.commit}`)).toBe('1')
    expect(repo.git('show', `refs/gump/${run.id}/a/@1.1.1:a.txt`)).toBe('a')
  })

  it('become a commit of their own where a step makes none, and are judged there', async () => {
    const text = steps(
      '{name: a, agent: scripted, prompt: go}',
      '{name: q, hitl: before_gate, gate: [{bash: "test -f hand.txt"}]}',
    )
    const { repo, engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    repo.write(`../project.gump/run-${run.id}/hand.txt`, 'by hand\n')
    const other = again(repo, text, script)
    const result = await (await other.resume({ run: run.id, answer: { decision: 'continue' } })).result
    expect(result.status).toBe('passed')
    expect(repo.git('log', '--format=%s', `main..${result.commit}`).split('\n')).toEqual([
      'gump: edits made by hand',
      'gump: a',
    ])
  })

  it('stay with the branch of the task that waited', async () => {
    const text = `
name: w
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: true
    each:
      - {name: impl, type: code, agent: scripted}
      - {name: look, hitl: before_gate, gate: [{bash: "true"}]}
`
    const tasks = ['t', 'u'].map((name) => ({ name, description: name }))
    const both = `- match: {step: plan}\n  do: [{out: {plan: ${JSON.stringify(tasks)}}}]\n- do: [turn]\n`
    const { repo, engine } = world({ workflows: { w: text }, script: both })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'paused' })
    repo.write(`../project.gump/run-${run.id}.2/hand.txt`, 'u\n')
    const other = again(repo, text, both)
    const result = await (await other.resume({ run: run.id, answer: { decision: 'continue' } })).result
    expect(result.status).toBe('passed')
    expect(filesOf(repo, result.commit)).toEqual(['README.md', 'hand.txt'])
    const merged = (await other.events(run.id)).flatMap((e) =>
      e.type === 'integrated' && e.merged !== e.base_commit ? [e.task] : [],
    )
    expect(merged).toEqual(['u'])
  })
})

describe('edits in the worktree of a run whose tasks were merged meanwhile', () => {
  const text = `
name: w
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: true
    each:
      - {name: impl, type: code, agent: scripted, gate: [{bash: "! grep -qx x u.txt"}]}
`
  const tasks = ['t', 'u'].map((name) => ({ name, description: name }))
  const play = (u: string): string =>
    `- match: {step: plan}\n  do: [{out: {plan: ${JSON.stringify(tasks)}}}]\n` +
    '- match: {task: t}\n  do: [turn, {write: {path: t.txt, content: t}}]\n' +
    `- match: {task: u}\n  do: [turn, {write: {path: u.txt, content: ${u}}}]\n`

  it('take nothing of that work back', async () => {
    const { repo, engine } = world({ workflows: { w: text }, script: play('x') })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed' })
    repo.write(`../project.gump/run-${run.id}/hand.txt`, 'by hand\n')
    const other = again(repo, text, play('u'))
    const result = await (await other.resume({ run: run.id })).result
    expect(result.status).toBe('passed')
    expect(filesOf(repo, result.commit)).toEqual(['README.md', 'hand.txt', 't.txt', 'u.txt'])
  })

  it('are refused, and left alone, when they conflict with it', async () => {
    const { repo, engine } = world({ workflows: { w: text }, script: play('x') })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    repo.write(`../project.gump/run-${run.id}/t.txt`, 'another t\n')
    const other = again(repo, text, play('u'))
    await expect(other.resume({ run: run.id })).rejects.toMatchObject({ code: 'GUMP-G011' })
    expect(repo.read(`../project.gump/run-${run.id}/t.txt`)).toBe('another t\n')
  })

  it('in the worktree of a failed task continue with that task', async () => {
    const { repo, engine } = world({ workflows: { w: text }, script: play('x') })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    const dir = `../project.gump/run-${run.id}.2`
    repo.git('-C', dir, 'clean', '-fdq')
    repo.write(`${dir}/hand.txt`, 'by hand\n')
    const result = await (await again(repo, text, play('u')).resume({ run: run.id })).result
    expect(result.status).toBe('passed')
    expect(filesOf(repo, result.commit)).toEqual(['README.md', 'hand.txt', 't.txt', 'u.txt'])
  })

  it('show what was merged once the run has passed', async () => {
    const { repo, engine } = world({ workflows: { w: text }, script: play('u') })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    expect(repo.git('-C', `../project.gump/run-${run.id}`, 'status', '--porcelain')).toBe('')
    expect(repo.read(`../project.gump/run-${run.id}/u.txt`)).toBe('u')
  })
})

describe('edits that were taken in by a process that died before it could say so', () => {
  const script = writes('a') + writes('b')
  const pausing = steps(
    '{name: a, agent: scripted, prompt: go, hitl: before_gate, gate: [{bash: "test ! -f bad.txt"}]}',
    '{name: b, agent: scripted, prompt: go}',
  )
  const judging = steps(
    '{name: a, agent: scripted, prompt: go}',
    '{name: q, hitl: before_gate, gate: [{bash: "test ! -f bad.txt"}]}',
    '{name: b, agent: scripted, prompt: go}',
  )
  const failing = steps('{name: a, agent: scripted, prompt: go, gate: [{bash: "test -f hand.txt"}]}')

  /** The first end of a run, and what can be done in its worktree. */
  async function begun(text: string): Promise<{
    readonly repo: World['repo']
    readonly dir: string
    dies(point: string): Promise<void>
    goesOn(): Promise<{ readonly commit: string; readonly events: readonly LedgerEvent[] }>
  }> {
    const { repo, engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w' })
    const { status } = await run.result
    const answer = status === 'paused' ? { answer: { decision: 'continue' as const } } : {}
    return {
      repo,
      dir: `../project.gump/run-${run.id}`,
      async dies(point) {
        const faults = (passed: string): void => {
          if (passed === point) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
        }
        const dying = world({ repo, workflows: { w: text }, script, ambient: { faults } }).engine
        const resumed = dying.resume({ run: run.id, ...answer })
        await expect(resumed.then((r) => r.result)).rejects.toMatchObject({ code: 'GUMP-L002' })
      },
      async goesOn() {
        const other = again(repo, text, script)
        // The answer may have been recorded before.
        const waits = (await other.events(run.id)).every(({ type }) => type !== 'hitl_resumed')
        const result = await (await other.resume({ run: run.id, ...(waits ? answer : {}) })).result
        expect(result).toMatchObject({ status: 'passed' })
        expect(repo.git('-C', `../project.gump/run-${run.id}`, 'status', '--porcelain')).toBe('')
        return { commit: result.commit, events: await other.events(run.id) }
      },
    }
  }

  const subjects = (repo: World['repo'], commit: string): readonly string[] =>
    repo.git('log', '--format=%s', `main..${commit}`).split('\n')
  const recorded = (events: readonly LedgerEvent[]): number =>
    events.filter((e) => e.type === 'edits_adopted' || (e.type === 'snapshot_created' && e.by === 'person'))
      .length

  it.each([
    ['into a step', pausing, 'append:snapshot_created+hitl_settled:torn', ['gump: b', 'gump: a']],
    [
      'as a commit of their own',
      judging,
      'append:edits_adopted+hitl_settled:torn',
      ['gump: b', 'gump: edits made by hand', 'gump: a'],
    ],
    ['after a failure', failing, 'append:run_resumed+edits_adopted:torn', ['gump: edits made by hand']],
  ])('%s: are all there, once, with what was edited since', async (_, text, point, history) => {
    const { repo, dir, dies, goesOn } = await begun(text)
    repo.write(`${dir}/hand.txt`, 'first\n')
    await dies(point)
    repo.write(`${dir}/hand.txt`, 'second\n')
    repo.write(`${dir}/more.txt`, 'more\n')
    const { commit, events } = await goesOn()
    expect(repo.git('show', `${commit}:hand.txt`)).toBe('second')
    expect(filesOf(repo, commit)).toContain('more.txt')
    expect(subjects(repo, commit)).toEqual(history)
    expect(recorded(events)).toBe(1)
  })

  it.each([
    ['into a step', pausing, 'append:snapshot_created+hitl_settled:torn'],
    ['as a commit of their own', judging, 'append:edits_adopted+hitl_settled:torn'],
  ])('%s: can be undone before the run continues', async (_, text, point) => {
    const { repo, dir, dies, goesOn } = await begun(text)
    repo.write(`${dir}/bad.txt`, 'bad\n')
    await dies(point)
    rmSync(join(repo.dir, dir, 'bad.txt'))
    const { commit, events } = await goesOn()
    expect(filesOf(repo, commit)).toEqual(['README.md', 'a.txt', 'b.txt'])
    expect(subjects(repo, commit)).toEqual(['gump: b', 'gump: a'])
    expect(recorded(events)).toBe(0)
  })

  it('may have taken back all that the agent did', async () => {
    const { repo, dir, dies, goesOn } = await begun(pausing)
    repo.git('-C', dir, 'clean', '-fdq')
    await dies('append:snapshot_created+hitl_settled:torn')
    const { commit, events } = await goesOn()
    expect(filesOf(repo, commit)).toEqual(['README.md', 'b.txt'])
    expect(recorded(events)).toBe(1)
  })
})

describe('edits that are made after a crash, where an attempt has no verdict yet', () => {
  const script = writes('a') + writes('b')
  const gated = (gate: string): string =>
    steps(
      `{name: a, agent: scripted, prompt: go, gate: [{touched: "a.txt"}, {bash: "${gate}"}]}`,
      '{name: b, agent: scripted, prompt: go}',
    )
  const plain = steps('{name: a, agent: scripted, prompt: go}', '{name: b, agent: scripted, prompt: go}')

  async function crashed(text: string, point: string): Promise<{ repo: World['repo']; id: string }> {
    let times = 0
    const faults = (passed: string): void => {
      if (passed === point && (times += 1) === 1)
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    const { repo, engine } = world({ workflows: { w: text }, script, ambient: { faults } })
    const run = await engine.start({ workflow: 'w' })
    await expect(run.result).rejects.toMatchObject({ code: 'GUMP-L002' })
    return { repo, id: run.id }
  }

  it.each([
    ['before its gates', gated('test -f hand.txt'), 'append:gate_started:torn'],
    ['after its commit', plain, 'append:step_completed+state_updated:torn'],
  ])('%s: are judged and go into its commit', async (_, text, point) => {
    const { repo, id } = await crashed(text, point)
    repo.write(`../project.gump/run-${id}/hand.txt`, 'by hand\n')
    const other = again(repo, text, script)
    const result = await (await other.resume({ run: id })).result
    expect(result).toMatchObject({ status: 'passed' })
    expect(repo.git('log', '--format=%s', `main..${result.commit}`).split('\n')).toEqual([
      'gump: b',
      'gump: a',
    ])
    expect(filesOf(repo, `${result.commit}~1`)).toEqual(['README.md', 'a.txt', 'hand.txt'])
    const judged = (await other.events(id)).filter((e) => e.type === 'snapshot_created' && e.by === 'person')
    expect(judged).toHaveLength(1)
  })

  it('while its gates ran: look like what those made, and are kept beside', async () => {
    const text = steps(
      '{name: a, agent: scripted, prompt: go, gate: [{bash: "true"}]}',
      '{name: b, agent: scripted, prompt: go}',
    )
    const { repo, id } = await crashed(text, 'append:gate_passed:torn')
    repo.write(`../project.gump/run-${id}/hand.txt`, 'by hand\n')
    const other = again(repo, text, script)
    const result = await (await other.resume({ run: id })).result
    expect(result).toMatchObject({ status: 'passed' })
    expect(filesOf(repo, result.commit)).toEqual(['README.md', 'a.txt', 'b.txt'])
    const messages = (await other.events(id)).flatMap((e) => (e.type === 'warning' ? [e.message] : []))
    const ref = /refs\/gump\/\S+/u.exec(
      messages.find((m) => m.includes('its gates were interrupted')) ?? '',
    )?.[0]
    expect(repo.git('show', `${ref}:hand.txt`)).toBe('by hand')
  })
})
