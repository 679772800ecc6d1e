import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { oneStep, project, succeeds } from './support/workflows.js'
import { type World, world } from './support/world.js'

interface Ran extends World {
  readonly id: string
  readonly ledger: string
}

/** A passed run whose work was not applied. */
async function ran(): Promise<Ran> {
  const made = world(project(succeeds))
  expect((await made.gump(['run', 'one', '--spec', 'spec.md', '-q'])).code).toBe(0)
  const id = idsOf(made)[0] ?? ''
  return { ...made, id, ledger: join(made.repo.dir, '.gump/runs', id, 'manifest.ndjson') }
}

function idsOf({ repo }: World): readonly string[] {
  return readdirSync(join(repo.dir, '.gump/runs')).filter((name) => /^[0-9a-f-]{36}$/u.test(name))
}

const lines = (file: string): string[] => readFileSync(file, 'utf8').split('\n')

const damages: readonly (readonly [string, (file: string) => void, RegExp])[] = [
  ['a damaged line', (file) => edit(file, 3, () => 'nonsense'), /its ledger is damaged in line 4/u],
  [
    'a newer version',
    (file) => edit(file, 0, (line) => line.replace('"v":1', '"v":2')),
    /of a newer version/u,
  ],
  ['an empty file', (file) => writeFileSync(file, ''), /its ledger is empty/u],
  ['no file', (file) => rmSync(file), /its ledger is missing/u],
  [
    'a line taken out',
    (file) => writeFileSync(file, lines(file).toSpliced(2, 1).join('\n')),
    /damaged in line 3/u,
  ],
  ['a body without its fields', (file) => edit(file, 0, withoutWorkflow), /damaged in line 1/u],
  ['other bytes', (file) => writeFileSync(file, Buffer.alloc(4096)), /damaged in line 1/u],
  [
    'another program',
    (file) => writeFileSync(file, '{"level":"info","time":"2026-01-01T00:00:00Z"}\n'),
    /its ledger is of another program/u,
  ],
  [
    'a folder in its place',
    (file) => {
      rmSync(file)
      mkdirSync(file)
    },
    /its ledger is unreadable \(EISDIR\)/u,
  ],
]

function edit(file: string, line: number, change: (text: string) => string): void {
  writeFileSync(
    file,
    lines(file)
      .with(line, change(lines(file)[line] ?? ''))
      .join('\n'),
  )
}

function withoutWorkflow(line: string): string {
  const { workflow: _, ...rest } = JSON.parse(line) as Record<string, unknown>
  return JSON.stringify(rest)
}

describe('a run whose ledger cannot be read', () => {
  it('is kept, named, and in nobody’s way', { timeout: 300_000 }, async () => {
    const made = world(project(succeeds))
    const { gump, repo } = made
    const runs: { readonly id: string; readonly why: RegExp }[] = []
    for (const [, damage, why] of damages) {
      expect((await gump(['run', 'one', '--spec', 'spec.md', '-q'])).code).toBe(0)
      const id = idsOf(made).find((other) => !runs.some((run) => run.id === other)) ?? ''
      damage(join(repo.dir, '.gump/runs', id, 'manifest.ndjson'))
      runs.push({ id, why })
    }
    expect((await gump(['runs'])).stdout.match(/ {2}unreadable /gu)).toHaveLength(runs.length)
    expect((await gump(['run', 'one', '--spec', 'spec.md', '-q'])).code).toBe(0)
    const newest = idsOf(made).find((other) => !runs.some(({ id }) => id === other)) ?? ''

    const listed = (await gump(['runs'])).stdout
    const status = JSON.parse((await gump(['status', '--json'])).stdout) as {
      id: string
      problem: { text: string }
    }[]
    const collected = JSON.parse((await gump(['gc', '--json'])).stdout) as { run: string; reason: string }[]
    for (const { id, why } of runs) {
      expect(listed).toMatch(why)
      expect(status.find((run) => run.id === id)?.problem.text).toMatch(why)
      expect(collected.find(({ run }) => run === id)).toMatchObject({
        removed: false,
        reason: expect.stringMatching(why),
      })
      expect(repo.git('rev-parse', '--verify', `gump/run-${id}`)).toMatch(/^[0-9a-f]{40}$/u)
      expect(existsSync(join(repo.dir, '.gump/runs', id))).toBe(true)
    }
    expect((await gump(['status'])).stdout).toMatch(/git merge gump\/run-.*more of which only git tells/su)
    expect((await gump(['doctor'])).stdout).toContain('its ledger is ')

    for (const args of [
      ['report'],
      ['report', '--last', '5'],
      ['stats'],
      ['logs'],
      ['run', 'one', '--spec', 'spec.md', '--dry-run'],
      ['apply'],
      ['blame', 'done.txt'],
    ]) {
      const { code, stderr } = await gump(args)
      expect([args, code, stderr.replace(/^\d runs are left out.*\n/u, '')]).toEqual([args, 0, ''])
    }
    expect(repo.git('log', '-1', '--format=%B')).toContain(newest)

    for (const { id } of runs.slice(0, 4)) {
      const asked = await gump(['run', '--resume', '--run', id])
      expect([1, 2]).toContain(asked.code)
      expect(asked.stderr).toMatch(/^GUMP-L0(?:01|08|11|12) {2}/u)
    }
    expect((await gump(['gc', '--yes'])).stdout.match(/removed +confirmed/gu)).toHaveLength(runs.length)
    expect(repo.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
    expect(idsOf(made)).toEqual([])
  })

  it('lines that are gone from the end are missed by gc, which looks at the branch', async () => {
    const { gump, ledger, repo, id } = await ran()
    writeFileSync(ledger, `${lines(ledger).slice(0, 2).join('\n')}\n`)
    const { stdout } = await gump(['gc'])
    expect(stdout).toContain('its branch and refs hold')
    expect(repo.git('rev-parse', '--verify', `gump/run-${id}`)).toMatch(/^[0-9a-f]{40}$/u)
  })

  it('a folder that was copied belongs to the run that it was copied from', async () => {
    const { gump, repo, id } = await ran()
    cpSync(join(repo.dir, '.gump/runs', id), join(repo.dir, '.gump/runs/zz-copy'), { recursive: true })
    expect((await gump(['runs'])).stdout).toMatch(/zz-copy +unreadable .*damaged in line 1/u)
    expect((await gump(['report', '--json'])).stdout).toContain(id)
  })
})

/** As the program that was published as Gump 0.0.x leaves a run: UUIDv4, other files, lines without a version. */
function earlierRun({ repo }: World, id: string): void {
  const dir = join(repo.dir, '.gump/runs', id)
  mkdirSync(join(dir, 'artifacts'), { recursive: true })
  const base = repo.git('rev-parse', 'HEAD')
  const start = {
    agents_cli: { 'claude-sonnet': '2.1.0' },
    branch: 'main',
    commit: base,
    run_id: id,
    spec: 'spec.md',
    ts: '2031-05-01T10:00:00.000Z',
    type: 'run_started',
    workflow: 'tdd',
  }
  const events = [
    start,
    {
      agent: 'claude-sonnet',
      attempt: 1,
      item: '',
      output_mode: 'diff',
      session_mode: 'fresh',
      step: 'impl',
      ts: start.ts,
      type: 'step_started',
    },
    { artifacts: {}, duration_ms: 5, status: 'pass', step: 'impl', ts: start.ts, type: 'step_completed' },
  ]
  writeFileSync(join(dir, 'manifest.ndjson'), events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  writeFileSync(join(dir, 'status.json'), '{"status":"pass","updated_at":"2031-05-01T10:00:00Z"}')
  writeFileSync(join(dir, 'context-snapshot.json'), JSON.stringify({ cook_id: id, recipe: 'tdd' }))
  writeFileSync(join(dir, 'state-bag.json'), '{}')
  writeFileSync(join(dir, 'workflow-snapshot.yaml'), oneStep)
  const tree = join(repo.dir, '.gump/worktrees', `run-${id}`)
  repo.git('worktree', 'add', '-q', '-b', `gump/run-${id}`, tree)
  writeFileSync(join(tree, 'earlier.txt'), 'earlier\n')
  repo.git('-C', tree, 'add', 'earlier.txt')
  repo.git('-C', tree, 'commit', '-qm', '[gump] impl')
  appendFileSync(
    join(repo.dir, '.gump/runs/index.ndjson'),
    `{"run_id":"${id}","status":"pass","workflow":"tdd"}\n`,
  )
}

describe('runs of the program that was Gump before', () => {
  const id = '7b0c7f2e-0d8c-4a6e-9b5e-3f1f6b3f2a11'

  it('stand beside those of this one', async () => {
    const made = await ran()
    const { gump, repo } = made
    earlierRun(made, id)
    const earlier = /Gump 0\.0 \(the earlier program of this name\)/u
    expect((await gump(['runs'])).stdout).toMatch(earlier)
    expect((await gump(['status'])).stdout).toMatch(earlier)
    expect((await gump(['report', '--json'])).stdout).toContain(made.id)
    expect((await gump(['stats'])).code).toBe(0)
    expect((await gump(['apply'])).code).toBe(0)
    const { stdout } = await gump(['gc'])
    expect(stdout).toMatch(new RegExp(`${id} +stays .*hold 1 commit`, 'u'))
    expect(stdout).toMatch(/removed +applied/u)
    expect(repo.git('show', `gump/run-${id}:earlier.txt`)).toBe('earlier')
    expect((await gump(['run', '--resume', '--run', id])).stderr).toMatch(/^GUMP-L012 /u)
    expect((await gump(['gc', '--yes'])).stdout).toContain('removed')
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1)
    expect(repo.git('branch', '--list', 'gump/*')).toBe('')
  })
})

describe('runs whose folder is gone', () => {
  it('are found by what git still holds', async () => {
    const made = await ran()
    const { gump, repo, id } = made
    repo.git('clean', '-xdffq')
    expect((await gump(['status'])).stdout).toMatch(
      new RegExp(`^${id} +lost +its folder is gone\n.*hold \\d commit`, 'u'),
    )
    expect((await gump(['runs'])).stdout).toContain('1 run has lost its folder')
    expect((await gump(['doctor'])).stdout).toContain(`${id}: its folder is gone`)
    expect((await gump(['gc'])).stdout).toMatch(new RegExp(`^${id} +stays +its folder is gone`, 'u'))
    expect((await gump(['gc', '--older-than', '1d', '--yes'])).stdout).toContain('it is not old enough')
    expect((await gump(['gc', '--dry-run'])).stdout).toContain('you would be asked')
    repo.git('merge', '-q', `gump/run-${id}`)
    expect(repo.read('done.txt')).toBe('done\n')
    expect((await gump(['gc', '--yes'])).stdout).toContain('removed')
    expect(repo.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1)
    expect((await gump(['status'])).stdout).toContain('No run yet')
  })

  it('a branch of the user’s that only looks like one is none', async () => {
    const { gump, repo } = world(project(succeeds))
    repo.git('branch', 'gump/run-faster')
    expect((await gump(['status'])).stdout).toContain('No run yet')
    await gump(['gc', '--yes'])
    expect(repo.git('branch', '--list', 'gump/*')).toContain('gump/run-faster')
  })
})

describe('figures that make no sense', () => {
  it('are neither shown nor summed up', async () => {
    const { gump, ledger } = await ran()
    const figures = ['1e400', '-86400000', '"a day"', '1e300']
    let n = 0
    const absurd = readFileSync(ledger, 'utf8').replaceAll(
      /"duration_ms":\d+/gu,
      () => `"duration_ms":${figures[(n += 1) % figures.length]}`,
    )
    writeFileSync(ledger, absurd)
    for (const args of [['runs'], ['report'], ['report', '--detail', 'impl'], ['stats'], ['logs']]) {
      const { code, stdout, stderr } = await gump(args)
      expect([args, code, stderr]).toEqual([args, 0, ''])
      expect(stdout).not.toMatch(/Infinity|NaN|-\d+m?s|e\+/u)
    }
    expect((await gump(['status'])).stdout).toMatch(/figures in its ledger make no sense and count as 0/u)
  })
})
