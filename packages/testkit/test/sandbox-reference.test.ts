import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type AgentAdapter, type LaunchPlan, parseAgentScript, scripted } from '@gump/agents'
import { createEngine } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { createProcessRunner } from '@gump/process'
import { memoryPlaybook } from '@gump/schema'
import { asProcess, temporaryRepository } from '@gump/testkit'
import { afterEach, describe, expect, it } from 'vitest'

const { sandbox } = await createProcessRunner().probe()
const documentation = new URL('../../../docs/configuration.md', import.meta.url)

/** A folder that is not for temporary files, though this checkout and HOME may be in such a one. */
const permanent = [join(import.meta.dirname, '..', '.cache'), homedir(), userInfo().homedir].find(
  (folder) => ![tmpdir(), '/tmp', '/var/tmp'].some((temporary) => folder.startsWith(`${temporary}/`)),
)

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

type Role = 'read-write' | 'read-only' | 'none' | 'gates'
type Measured = Readonly<Record<string, string>>

/** What the rows of the table stand for; `here` is the working folder of who asks. */
interface Places {
  /** Outside the repository and the temporary folder. */
  readonly elsewhere: string
  readonly repo: string
}

const rows: readonly (readonly [row: string, place: (places: Places) => string])[] = [
  ['working folder', () => '.'],
  ['`.gump/out` in it', () => '.gump/out'],
  ['your checkout', ({ repo }) => repo],
  ['other worktrees, records of runs', ({ repo }) => `${repo}.gump ${repo}/.gump/runs`],
  [
    'the repository’s `.git`',
    ({ repo }) =>
      ['', '/hooks', '/refs/heads', '/objects', '/worktrees'].map((name) => `${repo}/.git${name}`).join(' '),
  ],
  ['your other worktrees', ({ elsewhere }) => `${elsewhere}/worktree`],
  ['`/tmp`', () => '/tmp'],
  ['`~/.gump`', ({ elsewhere }) => `${elsewhere}/home/.gump`],
  ['the agent’s own state', ({ elsewhere }) => `${elsewhere}/state`],
  ['`sandbox.writable`', ({ elsewhere }) => `${elsewhere}/writable`],
  ['`sandbox.hide`', ({ elsewhere }) => `${elsewhere}/hidden`],
  ['everything else', ({ elsewhere }) => `${elsewhere}/rest`],
]

/** For each folder, a line with what can be done in it; `hidden` when a file that is there cannot be seen. */
const probe = `for folder in "$@"; do
  if touch "$folder/probe.$$" 2>/dev/null && rm "$folder/probe.$$" && ls -A "$folder" | grep -q .; then echo writes
  elif ls -A "$folder" 2>/dev/null | grep -q .; then echo reads
  else echo hidden
  fi
done`

function places(): Places {
  if (permanent === undefined) throw new TypeError('every folder is for temporary files')
  mkdirSync(permanent, { recursive: true })
  const elsewhere = mkdtempSync(join(permanent, '.gump-sandbox-'))
  for (const name of ['state', 'writable', 'hidden', 'rest', 'home/.gump']) {
    mkdirSync(join(elsewhere, name), { recursive: true })
    writeFileSync(join(elsewhere, name, 'file'), 'there\n')
  }
  const repo = temporaryRepository({ 'README.md': 'mine\n' })
  repo.git('worktree', 'add', '-q', `${elsewhere}/worktree`)
  cleanups.push(() => rmSync(elsewhere, { recursive: true }), repo.remove)
  return { elsewhere, repo: repo.dir }
}

/** Runs a step whose agent and gate say what they may do where. */
async function measure(
  mode: 'auto' | 'strict',
  worktree: Exclude<Role, 'gates'>,
): Promise<Record<string, Measured>> {
  const here = places()
  const answers = mkdtempSync(join(tmpdir(), 'gump-answers-'))
  cleanups.push(() => rmSync(answers, { recursive: true }))
  const asked = rows.map(([, place]) => place(here)).join(' ')
  writeFileSync(join(answers, 'probe.sh'), probe)
  const ask = (name: string): string => `sh ${answers}/probe.sh ${asked} > ${answers}/${name}`

  // A step that hands over no code has a guard that closes the worktree, whatever its mode.
  const type = worktree === 'read-write' ? 'code' : 'artifact'
  const work = type === 'code' ? '{write: {path: a.txt, content: x}}' : '{out: {artifact: done}}'
  const base = asProcess(scripted(parseAgentScript(`- do: [turn, ${work}]`, 'agents.yaml')))
  const agent: AgentAdapter = {
    ...base,
    launch(request): LaunchPlan {
      const plan = base.launch(request)
      if (plan.kind !== 'process') throw new TypeError('it is a process')
      const first = `mkdir -p .gump/out; echo x > .gump/out/seen; ${ask('agent')}; rm .gump/out/seen; exec "$0" "$@"`
      return {
        ...plan,
        file: 'sh',
        args: ['-c', first, plan.file, ...plan.args],
        stateDirs: [`${here.elsewhere}/state`],
      }
    },
  }
  const gate = JSON.stringify(`mkdir -p .gump/out && echo x > .gump/out/seen && ${ask('gates')}`)
  const step = `{name: a, type: ${type}, worktree: ${worktree}, agent: scripted, prompt: go}`
  const engine = createEngine({
    repo: here.repo,
    playbook: memoryPlaybook({
      origin: 'builtin',
      workflows: [
        { ref: 'w', text: `name: w\nsteps:\n  - ${step}\n  - {name: b, gate: [{bash: ${gate}}]}\n` },
      ],
    }),
    agents: [agent],
    gates: builtinGates,
    guards: builtinGuards,
    ambient: { env: process.env, home: `${here.elsewhere}/home` },
    settings: {
      sandbox: {
        mode,
        writable: [`${here.elsewhere}/writable`, answers],
        hide: [`${here.elsewhere}/hidden`],
      },
    },
  })
  const run = await engine.start({ workflow: 'w' })
  const { status, reason } = await run.result
  await engine.close()
  expect([status, reason]).toEqual(['passed', undefined])
  return { [worktree]: read(join(answers, 'agent'), here), gates: read(join(answers, 'gates'), here) }
}

/** A row of several folders is one only when the same holds in all of them. */
function read(file: string, here: Places): Measured {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return Object.fromEntries(
    rows.map(([row, place]) => {
      const found = new Set(lines.splice(0, place(here).split(' ').length))
      return [row, [...found].join(' and ')]
    }),
  )
}

/** The table below "The sandbox": row → what stands in its columns. */
function documented(mode: 'auto' | 'strict'): Readonly<Record<Role, Measured>> {
  const section = readFileSync(documentation, 'utf8').split('## The sandbox')[1] ?? ''
  const cells = section
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| ---'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .slice(1)
  const column = (at: number): Measured =>
    Object.fromEntries(
      cells.map((row) => {
        // `writes; reads in strict`
        const [usual = '', strict] = (row[at] ?? '').split('; ')
        return [
          row[1] ?? '',
          mode === 'strict' && strict !== undefined ? strict.replace(' in `strict`', '') : usual,
        ]
      }),
    )
  return { 'read-write': column(2), 'read-only': column(3), none: column(4), gates: column(5) }
}

describe.runIf(sandbox && permanent !== undefined).each(['auto', 'strict'] as const)(
  'the table of the sandbox, in mode %s,',
  (mode) => {
    it.each(['read-write', 'read-only', 'none'] as const)(
      'is what agents of worktree %s, and gates, find',
      async (worktree) => {
        const expected = documented(mode)
        expect(await measure(mode, worktree)).toEqual({
          [worktree]: expected[worktree],
          gates: expected.gates,
        })
      },
    )
  },
)
