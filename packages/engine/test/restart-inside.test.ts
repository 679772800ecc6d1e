import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const plan = `- match: {step: decompose}
  do: [{out: {plan: [{name: one, description: First}, {name: two, description: Second}, {name: three, description: Third}]}}]
`
const writes = (step: string, name: string): string =>
  ['one', 'two', 'three']
    .map(
      (task) =>
        `- match: {step: ${step}, task: ${task}}\n  do: [{write: {path: ${name}-${task}, content: "x\\n"}}]\n`,
    )
    .join('')
const work = `
${writes('prepare', 'prepared')}${writes('impl', 'done')}
- match: {step: check}
  do: [{out: {validate: {pass: true, comments: ok}}}]
- do: [turn]
`
/** Leaves a file that a restart must not keep. */
const clumsy = (task: string, round: number): string =>
  `- match: {step: impl, task: ${task}, round: ${round}}\n  do: [{write: {path: "left-${task}-${round}", content: "x\\n"}}, {write: {path: done-${task}, content: "bad\\n"}}]\n`
const refuses = (task: string, round: number): string =>
  `- match: {step: check, task: ${task}, round: ${round}}\n  do: [{out: {validate: {pass: false, comments: "not yet"}}}]\n`

const build = (more: string): string => `name: main
steps:
  - {name: decompose, agent: claude, output: plan, prompt: Split}
  - name: build
    foreach: decompose
${more}
    steps:
      - {name: prepare, agent: claude, prompt: "Prepare {item.name}"}
      - {name: impl, agent: claude, prompt: "Do {item.name} {steps.check.comments}"}
      - {name: check, agent: claude, output: review, prompt: "Review {item.name}"}
`

async function run(text: string, script: string, settings = {}) {
  const { engine, repo } = world({ workflows: { main: text }, script: plan + script + work, settings })
  const started = await engine.start({ workflow: 'main' })
  const result = await started.result
  const events = await engine.events(started.id)
  return {
    result,
    files: repo
      .git('ls-tree', '-r', '--name-only', result.commit)
      .trim()
      .split('\n')
      .filter((name) => /^(?:left|done|prepared)/.test(name)),
    launches: events.flatMap((e) =>
      e.type === 'agent_launching' && e.step !== 'decompose' ? [`${e.step} ${e.round}.${e.attempt}`] : [],
    ),
    retries: events.flatMap((e) => (e.type === 'retry_triggered' ? [e] : [])),
    again: async () => {
      const replayed = await engine.replay({ run: started.id, fromStep: 'build/2/check' })
      return await replayed.result
    },
  }
}

describe('a group that goes back to a step inside it', () => {
  it('starts the item that failed there again, and leaves the others alone', async () => {
    const { result, files, launches, retries } = await run(
      build('    on_failure: {retry: 2, restart_from: impl}'),
      clumsy('two', 1) + refuses('two', 1),
    )
    expect(result.status).toBe('passed')
    expect(launches).toEqual([
      'build/1/prepare 1.1',
      'build/1/impl 1.1',
      'build/1/check 1.1',
      'build/2/prepare 1.1',
      'build/2/impl 1.1',
      'build/2/check 1.1',
      'build/2/impl 2.1',
      'build/2/check 2.1',
      'build/3/prepare 1.1',
      'build/3/impl 1.1',
      'build/3/check 1.1',
    ])
    expect(retries).toMatchObject([
      { step: 'build', next_attempt: 2, restart_from: 'impl', reopened: ['build/2/impl', 'build/2/check'] },
    ])
    expect(files).toEqual([
      'done-one',
      'done-three',
      'done-two',
      'prepared-one',
      'prepared-three',
      'prepared-two',
    ])
  })

  it('counts its own attempts, whichever item fails', async () => {
    const script = clumsy('one', 1) + refuses('one', 1) + refuses('two', 1) + refuses('two', 2)
    const { result, launches, retries } = await run(
      build('    on_failure: {retry: 2, restart_from: impl}'),
      script,
    )
    expect(result).toMatchObject({ status: 'failed', failedStep: 'build/2/check' })
    expect(retries.map(({ next_attempt: next, reopened }) => [next, reopened?.[0]])).toEqual([
      [2, 'build/1/impl'],
      [3, 'build/2/impl'],
    ])
    expect(launches.filter((launch) => launch.includes('prepare'))).toHaveLength(2)
  })

  it('does so for items side by side', async () => {
    const { result, files, launches } = await run(
      build('    parallel: true\n    on_failure: {retry: 2, restart_from: impl}'),
      clumsy('two', 1) + refuses('two', 1),
    )
    expect(result.status).toBe('passed')
    expect(launches.filter((launch) => launch.startsWith('build/2'))).toEqual([
      'build/2/prepare 1.1',
      'build/2/impl 1.1',
      'build/2/check 1.1',
      'build/2/impl 2.1',
      'build/2/check 2.1',
    ])
    expect(launches.filter((launch) => / 2\./.test(launch))).toHaveLength(2)
    expect(files).toEqual([
      'done-one',
      'done-three',
      'done-two',
      'prepared-one',
      'prepared-three',
      'prepared-two',
    ])
  })

  it('goes further back when an earlier step failed', async () => {
    const { launches, result } = await run(
      build('    on_failure: {retry: 1, restart_from: impl}'),
      '- match: {step: prepare, task: two, round: 1}\n  do: [turn]\n  outcome: crash\n',
    )
    expect(result.status).toBe('passed')
    expect(launches.slice(3, 6)).toEqual(['build/2/prepare 1.1', 'build/2/prepare 2.1', 'build/2/impl 1.1'])
  })

  it('starts from the first item when its gates fail', async () => {
    const gate = '    gate: [{bash: "test -f done-three && test ! -f left-three-1"}]\n'
    const { result, files, launches } = await run(
      build(`${gate}    on_failure: {retry: 1, restart_from: impl}`),
      clumsy('three', 1),
    )
    expect(result.status).toBe('passed')
    expect(launches.slice(9)).toEqual([
      'build/1/impl 2.1',
      'build/1/check 2.1',
      'build/2/prepare 2.1',
      'build/2/impl 2.1',
      'build/2/check 2.1',
      'build/3/prepare 2.1',
      'build/3/impl 2.1',
      'build/3/check 2.1',
    ])
    expect(files).not.toContain('left-three-1')
  })

  it('needs no tasks, and is written the same in the current dialect', async () => {
    const text = `name: main
steps:
  - name: loop
    steps:
      - {name: prepare, agent: claude, prompt: Prepare}
      - {name: impl, agent: claude, prompt: Do}
      - {name: check, type: validate, agent: claude, prompt: Review}
    retry:
      - {attempt: 2, restart_from: impl}
      - exit: 3
`
    const no = `- match: {step: check, round: [1, 2]}\n  do: [{out: {validate: {pass: false, comments: "not yet"}}}]\n`
    const { result, launches } = await run(text, no)
    expect(result.status).toBe('passed')
    expect(launches).toEqual([
      'loop/prepare 1.1',
      'loop/impl 1.1',
      'loop/check 1.1',
      'loop/impl 2.1',
      'loop/check 2.1',
      'loop/impl 3.1',
      'loop/check 3.1',
    ])
  })

  it('can be replayed from a step inside', async () => {
    const { again } = await run(
      build('    on_failure: {retry: 2, restart_from: impl}'),
      clumsy('two', 1) + refuses('two', 1),
    )
    expect((await again()).status).toBe('passed')
  })
})
