import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { lookAtRuns } from '../src/index.js'
import {
  describing,
  openRun,
  type TemporaryRepository,
  temporaryRepository,
} from './support/temporary-repository.js'

const run = '0195c3a0-8d3e-7000-8000-5ac0ffee0001'
const other = '0195c3a0-8d3e-7000-8000-5ac0ffee0002'
const isKnown = (runId: string): boolean => runId === run

/** A commit of a run, on its branch. */
async function made(repository: TemporaryRepository, runId = run): Promise<string> {
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace, runId)
  writeFileSync(join(worktree.dir, 'made.txt'), runId)
  const ref = `refs/gump/${runId}/a/@1.1.1`
  const { commit } = await worktree.snapshot({ base: head, ref, describe: describing('a', runId) })
  const promoted = await worktree.promote({
    from: head,
    snapshot: commit!,
    describe: describing('a', runId, 'pass'),
  })
  await workspace.close()
  return promoted
}

/** Each in a process of its own, as far as what is kept on the disk goes. */
async function isApplied({ dir, env }: TemporaryRepository, commit: string, runId = run): Promise<boolean> {
  const runs = await lookAtRuns(dir, { env })
  try {
    return await runs.isApplied(runId, commit)
  } finally {
    await runs.close()
  }
}

const kept = ({ dir }: TemporaryRepository): string => join(dir, '.git/gump/applied.json')

test('what is applied is known from what was kept, until HEAD moves', async () => {
  const repository = temporaryRepository()
  const commit = await made(repository)
  expect(await isApplied(repository, commit)).toBe(false)
  expect(existsSync(kept(repository))).toBe(true)
  expect(await isApplied(repository, commit)).toBe(false)
  repository.git('merge', '-q', '--ff-only', commit)
  expect(await isApplied(repository, commit)).toBe(true)
  expect(await isApplied(repository, commit)).toBe(true)
  repository.git('reset', '-q', '--hard', 'HEAD~1')
  expect(await isApplied(repository, commit)).toBe(false)
})

test.each(['', '{}', '[]', '{"head":1}', 'not JSON'])(
  'what was kept and is damaged (%s) is made again',
  async (text) => {
    const repository = temporaryRepository()
    const commit = await made(repository)
    repository.git('merge', '-q', '--ff-only', commit)
    expect(await isApplied(repository, commit)).toBe(true)
    writeFileSync(kept(repository), text)
    expect(await isApplied(repository, commit)).toBe(true)
    expect(JSON.parse(readFileSync(kept(repository), 'utf8'))).toMatchObject({ runs: [run] })
  },
)

test('of a shallow history nothing is kept', async () => {
  const repository = temporaryRepository()
  const commit = await made(repository)
  writeFileSync(join(repository.dir, '.git/shallow'), '')
  expect(await isApplied(repository, commit)).toBe(false)
  expect(existsSync(kept(repository))).toBe(false)
})

test('runs that have left something are found by the names of files, loose and packed', async () => {
  const repository = temporaryRepository()
  const { dir, env, git } = repository
  const traced = async (): Promise<readonly string[]> => {
    const runs = await lookAtRuns(dir, { env })
    const found = await runs.tracedRuns(isKnown)
    await runs.close()
    return [...(found ?? ['only git can tell'])].toSorted()
  }
  expect(await traced()).toEqual([])
  await made(repository)
  expect(await traced()).toEqual([run])
  git('pack-refs', '--all')
  expect(await traced()).toEqual([run])
  git('update-ref', `refs/gump/${other}/a/@1.1.1`, 'HEAD')
  expect(await traced()).toEqual([run, other])
  git('update-ref', '-d', `refs/gump/${other}/a/@1.1.1`)
  git('branch', `gump/run-${other}`)
  expect(await traced()).toEqual([run, other])
  git('pack-refs', '--all')
  expect(await traced()).toEqual([run, other])
  git('branch', '-q', '-D', `gump/run-${other}`)
  // Of a worktree alone only git, and what is in the folder of notes, can tell.
  git('worktree', 'add', '-q', '-b', `gump/run-${other}`, join(dir, 'elsewhere'))
  expect(await traced()).toEqual([run, other])
  git('worktree', 'remove', '--force', join(dir, 'elsewhere'))
  git('branch', '-q', '-D', `gump/run-${other}`)
  await made(repository, other)
  expect(await traced()).toEqual(['only git can tell'])
})

test('looking at runs starts no git when nothing has changed since the last look', async () => {
  const repository = temporaryRepository()
  const commit = await made(repository)
  await isApplied(repository, commit)
  const runs = await lookAtRuns(repository.dir, { env: { PATH: '/nowhere' } })
  expect(await runs.isApplied(run, commit)).toBe(false)
  expect(await runs.tracedRuns(isKnown)).toEqual(new Set([run]))
  expect(await runs.locateWorktree(`run-${run}`, [join(repository.dir, '.gump/worktrees')])).not.toBeNull()
  expect((await runs.facts()).root).toBe(repository.dir)
  await runs.close()
  rmSync(kept(repository))
  const again = await lookAtRuns(repository.dir, { env: { PATH: '/nowhere' } })
  await expect(again.isApplied(run, commit)).rejects.toMatchObject({ code: 'GUMP-P004' })
  await again.close()
  expect(
    execFileSync('git', ['-C', repository.dir, 'status', '--porcelain', '--untracked-files=no'], {
      encoding: 'utf8',
    }),
  ).toBe('')
})
