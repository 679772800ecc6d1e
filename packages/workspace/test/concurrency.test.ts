import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { bundleSources } from './support/bundle.js'
import { describing, filesOf, openRun, temporaryRepository } from './support/temporary-repository.js'

const bundle = bundleSources()

type Repository = ReturnType<typeof temporaryRepository>

/** Starts processes that wait for each other, lets them go at the same time, and returns what each wrote. */
async function together(
  { dir, env }: Repository,
  script: string,
  argsOfEach: readonly string[][],
): Promise<string[]> {
  const file = fileURLToPath(new URL(`support/${script}.mjs`, import.meta.url))
  const started = argsOfEach.map((args) => {
    const child = spawn(process.execPath, [file, bundle.file, dir, ...args], { env, stdio: 'pipe' })
    let text = ''
    const ready = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text.startsWith('ready\n')) resolve()
      })
    })
    child.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    const ended = new Promise<string>((resolve) => {
      child.on('close', () => resolve(text.replace('ready\n', '')))
    })
    return { child, ready, ended }
  })
  await Promise.all(started.map(({ ready, ended }) => Promise.race([ready, ended])))
  for (const { child } of started) child.stdin.end('go\n')
  return Promise.all(started.map(({ ended }) => ended))
}

test(
  'sixteen processes that start a run at once all succeed, and nothing is lost',
  { timeout: 120_000 },
  async () => {
    const repository = temporaryRepository({ 'a.txt': 'one\n', 'dir/b.txt': 'two\n' })
    const runs = Array.from({ length: 16 }, (_, n) => `r${n}`)
    const said = await together(
      repository,
      'one-step',
      runs.map((run) => [run]),
    )
    expect(said).toEqual(runs.map(() => 'done\n'))
    for (const run of runs) {
      expect(repository.git('show', `gump/run-${run}:step.txt`)).toBe(`${run}\n`)
      expect(filesOf(join(repository.dir, `.gump/worktrees/run-${run}`))).toEqual({
        'a.txt': 'file one\n',
        'dir/b.txt': 'file two\n',
        'step.txt': `file ${run}\n`,
      })
    }
    expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(17)
    expect(
      readFileSync(join(repository.dir, '.git/info/exclude'), 'utf8').match(/^\/\.gump\//gmu),
    ).toHaveLength(3)
    expect(repository.git('status', '--porcelain')).toBe('')
  },
)

test('of two that apply at once one wins, and the other says why not', { timeout: 60_000 }, async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  await workspace.excludeOwnFolders()
  const commits: string[] = []
  for (const run of ['r1', 'r2']) {
    const { head, worktree } = await openRun(workspace, run)
    for (const name of ['x', 'y', 'z']) repository.write(`.gump/worktrees/run-${run}/${run}-${name}`, run)
    const request = { base: head, ref: `refs/gump/${run}/impl/@1.1.1`, describe: describing('impl', run) }
    commits.push((await worktree.snapshot(request)).commit!)
  }
  const said = await together(repository, 'apply-once', [
    ['r1', commits[0]!],
    ['r2', commits[1]!],
  ])
  const sorted = said.map((text) => text.trim()).toSorted()
  // They may also have come one after the other.
  expect(sorted[1]).toBe('merged')
  expect(['GUMP-G002', 'GUMP-G004', 'merged']).toContain(sorted[0])
  expect(repository.git('status', '--porcelain')).toBe('')
  const merges = repository.git('log', '--merges', '--format=%s', 'main').trim().split('\n')
  expect(merges).toHaveLength(sorted.filter((text) => text === 'merged').length)
  expect(Object.keys(filesOf(repository.dir))).toHaveLength(1 + 3 * merges.length)
})

test('worktrees of one process are worked in side by side', async () => {
  const repository = temporaryRepository()
  const workspace = await repository.open()
  const { head } = await workspace.facts()
  const commits = await Promise.all(
    Array.from({ length: 6 }, async (_, n) => {
      const branch = `gump/run-r1.task-${n}`
      const worktree = await workspace.openWorktree({ dir: `.gump/worktrees/${n}`, branch, commit: head })
      repository.write(`.gump/worktrees/${n}/task-${n}`, '')
      const ref = `refs/gump/r1/task-${n}/@1.1.1`
      const { commit } = await worktree.snapshot({ base: head, ref, describe: describing(`task ${n}`) })
      return worktree.promote({
        from: head,
        snapshot: commit!,
        describe: describing(`task ${n}`, 'r1', 'pass'),
      })
    }),
  )
  let ours = head
  for (const [n, theirs] of commits.entries()) {
    const result = await workspace.integrate({ ours, theirs, base: head, describe: describing(`merge ${n}`) })
    if (result.status !== 'merged') throw new Error('conflict')
    await workspace.moveRef('refs/heads/gump/run-r1', n === 0 ? null : ours, result.commit)
    ours = result.commit
  }
  expect(repository.git('ls-tree', '--name-only', 'gump/run-r1').trim().split('\n')).toHaveLength(7)
  expect(repository.git('log', '--merges', '--format=%s', 'gump/run-r1').trim().split('\n')).toHaveLength(6)
})
