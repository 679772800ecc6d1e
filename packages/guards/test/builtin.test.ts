import { readdirSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import {
  builtinGuards,
  guardConformance,
  loop,
  maxBudget,
  maxIdle,
  maxTime,
  maxTokens,
  maxToolTime,
  maxTurns,
  noWrite,
  write,
} from '@gump/guards'
import type { GuardDefinition, GuardFixture } from '@gump/guards'
import { ran, text, turn, written } from './events.js'

const scope = { worktree: '/repo/.gump/worktrees/run-1', checkout: '/repo' }
const outside = {
  'a write to temp': [written('/tmp/notes.md')],
  'a write to the state of the agent': [written('/root/.claude/plans/a.md'), written('~/.codex/x')],
  'a write whose place is unknown': [
    { event: { type: 'tool_started', id: '1', tool: 'Memory', kind: 'write' } as const },
  ],
  'a write to a neighbour with the same beginning': [written('/repository/a.ts')],
}

const fixtures: readonly (readonly [GuardDefinition, GuardFixture])[] = [
  [
    maxTurns,
    {
      value: 2,
      trips: {
        'the start of turn 3': [
          { event: turn, seen: { turns: 1 } },
          { event: turn, seen: { turns: 2 } },
          { event: text, seen: { turns: 2 } },
          { event: turn, seen: { turns: 3 } },
        ],
      },
      passes: {
        'two turns': [
          { event: turn, seen: { turns: 2 } },
          { event: text, seen: { turns: 2 } },
        ],
      },
    },
  ],
  [
    maxTokens,
    {
      value: 1000,
      trips: {
        'one token more': [
          { event: text, seen: { tokens: 1000 } },
          { event: text, seen: { tokens: 1001 } },
        ],
      },
      passes: { 'exactly the limit': [{ event: text, seen: { tokens: 1000 } }] },
    },
  ],
  [
    maxBudget,
    {
      value: 0.3,
      trips: {
        'a cent more': [
          { event: text, seen: { costUsd: 0.3 } },
          { event: text, seen: { costUsd: 0.31 } },
        ],
      },
      passes: {
        'the noise of adding prices': [{ event: text, seen: { costUsd: 0.1 + 0.2 } }],
        'usage without a price': [{ event: text, seen: { costUsd: null, tokens: 1e9 } }],
      },
    },
  ],
  [
    maxTime,
    {
      value: 60_000,
      trips: {
        'the deadline': [{ seen: { elapsedMs: 59_999 } }, { seen: { elapsedMs: 60_000 } }],
        'an event after it': [{ event: text, seen: { elapsedMs: 60_001 } }],
      },
      passes: { 'a timer that is early': [{ seen: { elapsedMs: 59_999 } }] },
    },
  ],
  [
    maxIdle,
    {
      value: 1000,
      trips: {
        silence: [{ event: text, seen: { elapsedMs: 5000 } }, { seen: { elapsedMs: 6000, idleMs: 1000 } }],
      },
      passes: {
        'a late event': [
          { event: text, seen: { elapsedMs: 9000 } },
          { seen: { elapsedMs: 9999, idleMs: 999 } },
        ],
      },
    },
  ],
  [
    maxToolTime,
    {
      value: 1000,
      trips: { 'a tool that says nothing': [{ seen: { elapsedMs: 6000, toolMs: 1000 } }] },
      passes: {
        'a tool that has just spoken': [{ seen: { elapsedMs: 9999, toolMs: 999 } }],
        'silence without a tool': [{ seen: { elapsedMs: 9999, idleMs: 9999 } }],
      },
    },
  ],
  [
    noWrite,
    {
      value: true,
      scope,
      trips: {
        'a relative path': [written('src/a.ts')],
        'an edit': [written('src/a.ts', 'edit')],
        'an absolute path': [written('/repo/.gump/worktrees/run-1/a.ts')],
        'a way out of the output folder': [written('.gump/out/../../a.ts')],
        'a neighbour of the output folder': [written('.gump/output/a.ts')],
        'an odd spelling': [written('/repo/./.gump//worktrees/run-2/../run-1/a.ts')],
        'a spelling by the process': [written('/proc/self/cwd/a.ts')],
        'a URL': [written('file:///repo/.gump/worktrees/run-1/a.ts')],
        "the user's own checkout": [written('/repo/src/a.ts')],
        'another worktree of the repository': [written('../run-2/a.ts')],
      },
      passes: {
        ...outside,
        'the output folder': [
          written('.gump/out/plan.json'),
          written(`${scope.worktree}/.gump/out/a/b.json`),
        ],
        'a detour into the output folder': [written('src/../.gump/./out/plan.json')],
        'reading and running': [
          { event: { type: 'tool_started', id: '1', tool: 'Read', kind: 'read', path: 'src/a.ts' } },
          ran('touch src/a.ts'),
        ],
      },
    },
  ],
  [
    write,
    {
      value: ['src/**/*.ts', './docs/', '*.md'],
      scope,
      trips: {
        'a path outside the globs': [written('test/a.ts')],
        'another ending': [written('src/a.js')],
        'a way out': [written('src/../package.json')],
        "the user's own checkout": [written('/repo/src/a.ts')],
      },
      passes: {
        ...outside,
        'paths inside the globs': [
          written('src/a/b.ts'),
          written(`${scope.worktree}/src/a.ts`),
          written('src/.hidden/a.ts'),
        ],
        'a folder': [written('docs/a/b.png')],
        'a base name': [written('lib/README.md')],
        'the output folder': [written('.gump/out/artifact.md')],
      },
    },
  ],
  [
    loop,
    {
      value: 3,
      trips: {
        'three identical calls': [ran('make'), { event: text }, ran('make'), { event: turn }, ran('make')],
        'three edits of one file': [written('a', 'edit'), written('a', 'edit'), written('a', 'edit')],
      },
      passes: {
        'an interruption': [ran('make'), ran('make'), ran('ls'), ran('make'), ran('make')],
        'another path each time': [written('a'), written('b'), written('c')],
      },
    },
  ],
]

for (const [definition, fixture] of fixtures) {
  describe(definition.name, () => {
    for (const { name, run } of guardConformance(definition, fixture)) test(name, run)
  })
}

it('has a fixture here and a file for each guard', () => {
  const names = builtinGuards.map((guard) => guard.name).toSorted()
  expect(fixtures.map(([definition]) => definition.name).toSorted()).toEqual(names)
  const files = readdirSync(new URL('../src/builtin/', import.meta.url)).filter((file) => file !== 'index.ts')
  expect(files.map((file) => file.replace(/\.ts$/, '').replaceAll('-', '_')).toSorted()).toEqual(names)
})

it('says what a sandbox has to deny', () => {
  expect(noWrite.writeScope?.(true)).toEqual({ only: ['.gump/out'] })
  expect(noWrite.writeScope?.(false)).toBeNull()
  expect(write.writeScope?.(['src/**/*.ts', 'docs/', 'a/b.json', 'a/*.json'])).toEqual({
    only: ['.gump/out', 'src', 'docs', 'a'],
  })
  expect(write.writeScope?.('*.md')).toEqual({ only: ['.gump/out', '.'] })
})

it('allows everything when no_write is off', () => {
  const guard = noWrite.create(false, scope)
  const { event } = written('src/a.ts')
  expect(
    guard.onEvent(event ?? turn, { elapsedMs: 0, turns: 0, tokens: 0, costUsd: null, idleMs: 0, toolMs: 0 }),
  ).toBeNull()
})

it('finds the temp folder of macOS under both of its names', () => {
  const guard = noWrite.create(true, { worktree: '/private/tmp/w' })
  const { event } = written('/tmp/w/a.ts')
  expect(
    guard.onEvent(event ?? turn, { elapsedMs: 0, turns: 0, tokens: 0, costUsd: null, idleMs: 0, toolMs: 0 }),
  ).not.toBeNull()
})
