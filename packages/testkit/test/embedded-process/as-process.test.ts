import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedProgram, defineAgent, parseAgentScript, scripted } from '@gump/agents'
import type { AgentAdapter, LaunchRequest } from '@gump/agents'
import { createProcessRunner } from '@gump/process'
import { asProcess, embeddedProcess, fakeClock, readTree } from '@gump/testkit'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { startEmbedded } from '@gump/engine'

const folder = mkdtempSync(join(tmpdir(), 'gump-embedded-'))
const runner = createProcessRunner({ env: process.env, forceLevel: 'group' })
let folders = 0
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Effects {
  readonly code: number | null
  readonly lines: readonly string[]
  readonly stderr: string
  readonly tree: Readonly<Record<string, string>>
}

/** A folder with something to edit and to delete. */
function workFolder(): string {
  const cwd = join(folder, String(++folders))
  mkdirSync(join(cwd, 'src'), { recursive: true })
  writeFileSync(join(cwd, 'README.md'), 'one two one\n')
  writeFileSync(join(cwd, 'src', 'a.txt'), '$& and $1\n')
  return cwd
}

async function inProcess(program: EmbeddedProgram): Promise<Effects> {
  const cwd = workFolder()
  const lines: string[] = []
  const clock = fakeClock()
  const stderrFile = `${cwd}.err`
  writeFileSync(stderrFile, '')
  const agent = startEmbedded({
    program,
    cwd,
    clock: { now: clock.now, timer: (_, callback) => (queueMicrotask(callback), () => {}) },
    stdoutFile: `${cwd}.out`,
    stderrFile,
    mask: (text) => text,
    onLine: (line) => lines.push(line),
  })
  const { code } = await agent.exit
  return { code, lines, stderr: readFileSync(stderrFile, 'utf8'), tree: readTree(cwd) }
}

async function asRealProcess(program: EmbeddedProgram): Promise<Effects> {
  const cwd = workFolder()
  const lines: string[] = []
  const plan = embeddedProcess(program)
  const child = await runner.start(
    {
      container: `embedded-${folders}`,
      file: plan.file,
      args: plan.args,
      cwd,
      env: { PATH: process.env['PATH'] ?? '', ...plan.env },
      stdin: plan.stdin ?? '',
      stderrFile: `${cwd}.err`,
    },
    { onStdoutLine: (line) => lines.push(line) },
  )
  const { code } = await child.exit
  return { code, lines, stderr: readFileSync(`${cwd}.err`, 'utf8'), tree: readTree(cwd) }
}

// The engine's performer has no paths in its system errors that the process would not have; only the folder differs.
const comparable = ({ stderr, ...rest }: Effects) => ({
  ...rest,
  stderr: stderr.replaceAll(/embedded-[^/]+\/\d+/gu, 'FOLDER'),
})

const path = fc.constantFrom(
  'README.md',
  'src/a.txt',
  'src',
  'new/deep/b.txt',
  '../outside.txt',
  '.',
  'ä b.txt',
)
const words = fc.string({ unit: fc.constantFrom('one', '$&', ' ', 'é', '{"a":1}'), maxLength: 8 })
const programs: fc.Arbitrary<EmbeddedProgram> = fc.record({
  steps: fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('write' as const), path, content: words }),
      fc.record({
        do: fc.constant('write' as const),
        path,
        content: words,
        mode: fc.constantFrom(0o644, 0o755),
      }),
      fc.record({
        do: fc.constant('edit' as const),
        path,
        find: fc.constantFrom('one', '$1', 'absent'),
        replace: words,
      }),
      fc.record({ do: fc.constant('delete' as const), path }),
      fc.record({ do: fc.constant('sleep' as const), ms: fc.constantFrom(0, 1) }),
      fc.record({ do: fc.constant('emit' as const), line: words }),
      fc.record({ do: fc.constant('stderr' as const), text: words }),
      fc.record({ do: fc.constant('exit' as const), code: fc.constantFrom(0, 1, 3) }),
    ),
    { maxLength: 6 },
  ),
})

describe('a program does the same as a process as in the engine', () => {
  it('for every action', async () => {
    const program: EmbeddedProgram = {
      steps: [
        { do: 'write', path: 'bin/run.sh', content: '#!/bin/sh\n', mode: 0o755 },
        { do: 'edit', path: 'README.md', find: 'one', replace: '$& three' },
        { do: 'delete', path: 'src' },
        { do: 'emit', line: '{"type":"text"}' },
        { do: 'sleep', ms: 1 },
        { do: 'stderr', text: 'careful\n' },
        { do: 'exit', code: 3 },
        { do: 'write', path: 'never.txt', content: '' },
      ],
    }
    const done = await asRealProcess(program)
    expect(done).toMatchObject({ code: 3, lines: ['{"type":"text"}'], stderr: 'careful\n' })
    expect(Object.keys(done.tree)).toEqual(['README.md', 'bin/run.sh'])
    expect(comparable(done)).toEqual(comparable(await inProcess(program)))
  })

  it.each([
    { do: 'edit', path: 'README.md', find: 'absent', replace: '' },
    { do: 'delete', path: 'absent.txt' },
    { do: 'write', path: '../outside.txt', content: '' },
  ] as const)('when it cannot %o', async (action) => {
    const program = {
      steps: [{ do: 'emit', line: 'before' } as const, action, { do: 'emit', line: 'after' } as const],
    }
    const done = await asRealProcess(program)
    expect(done).toMatchObject({ code: 1, lines: ['before'] })
    expect(done.stderr).not.toBe('')
    expect(comparable(done)).toEqual(comparable(await inProcess(program)))
  })

  it('whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        expect(comparable(await asRealProcess(program))).toEqual(comparable(await inProcess(program)))
      }),
      { numRuns: 25 },
    )
  })
})

const request: LaunchRequest = {
  prompt: 'Go',
  model: null,
  sessionId: null,
  cwd: '/',
  limits: {},
  scratchDir: '/nonexistent',
  sandbox: 'detected',
  env: {},
  isRoot: false,
  position: {
    step: 'make',
    path: 'make',
    task: null,
    agent: 'scripted',
    round: 1,
    attempt: 1,
    launch: 1,
    type: 'code',
  },
}

describe('an agent as a process', () => {
  const agent = scripted(parseAgentScript('- do: [{write: {path: a.txt, content: hi}}]', 'agents.yaml'))

  it('keeps everything but its launch', () => {
    const { launch: _launch, ...facts } = asProcess(agent)
    expect(facts).toMatchObject({ name: 'scripted', detection: null, createParser: agent.createParser })
  })

  it('runs what it would have done in the engine', async () => {
    const embedded = agent.launch(request)
    const launch = asProcess(agent).launch(request)
    expect(launch.kind).toBe('process')
    expect(JSON.parse((launch.kind === 'process' && launch.stdin) || '')).toEqual(
      embedded.kind === 'embedded' && embedded.program,
    )
  })

  it('leaves real launches as they are, and members of a family become processes too', () => {
    const real = { kind: 'process', file: 'true', args: [], env: {}, stateDirs: [] } as const
    const family = defineAgent<AgentAdapter>({
      ...agent,
      launch: () => real,
      withArgument: (argument) => (argument === 'none' ? null : agent),
    })
    const wrapped = asProcess(family)
    expect(wrapped.launch(request)).toBe(real)
    expect(wrapped.withArgument?.('none')).toBeNull()
    expect(wrapped.withArgument?.('x')?.launch(request).kind).toBe('process')
  })
})

it('can be killed in the middle, and leaves what it had done', async () => {
  const cwd = workFolder()
  const plan = embeddedProcess({
    steps: [
      { do: 'write', path: 'half.txt', content: 'half' },
      { do: 'emit', line: 'working' },
      { do: 'sleep', ms: 600_000 },
      { do: 'write', path: 'whole.txt', content: 'whole' },
    ],
  })
  let working = (): void => {}
  const started = new Promise<void>((resolve) => (working = resolve))
  const child = await runner.start(
    { container: 'killed', file: plan.file, args: plan.args, cwd, env: {}, stdin: plan.stdin ?? '' },
    { onStdoutLine: working },
  )
  await started
  await child.kill()
  expect(await child.exit).toMatchObject({ signal: 'SIGKILL' })
  expect(Object.keys(readTree(cwd))).toContain('half.txt')
  expect(Object.keys(readTree(cwd))).not.toContain('whole.txt')
})
