import { dirname, join, resolve } from 'node:path'

import type { RunTrace } from '../contract.js'
import { demandGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'
import { listRecords } from '../worktree/site.js'
import { readdir, readFile } from '../repository/small-files.js'

interface Found {
  readonly branches: Map<string, string>
  /** Object ids that keep commits of the run reachable. */
  readonly commits: Set<string>
  readonly worktrees: Set<string>
  /** It has refs that nothing but Gump makes. */
  own: boolean
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u

/**
 * What runs have left in the repository, whether or not anything else is known of them: git alone tells. A branch that
 * merely looks like one of Gump's counts only when its name holds a whole id, or Gump's own refs stand beside it.
 */
export async function runTraces(repository: Repository): Promise<readonly RunTrace[]> {
  const runs = new Map<string, Found>()
  const of = (runId: string): Found => {
    const known = runs.get(runId) ?? {
      branches: new Map(),
      commits: new Set(),
      worktrees: new Set(),
      own: false,
    }
    runs.set(runId, known)
    return known
  }
  const lists = await Promise.all(
    ['refs/heads/gump/', 'refs/gump/', 'refs/gump-heads/gump/'].map((prefix) => repository.refs.list(prefix)),
  )
  for (const { ref, oid } of lists.flat()) note(of, ref, oid)
  for (const { dir, branch } of await worktreesOnBranches(repository)) {
    const runId = runOf(branch)
    if (runId !== null) of(runId).worktrees.add(dir)
  }
  return [...runs]
    .filter(([runId, { own }]) => own || uuid.test(runId))
    .map(([runId, { branches, commits, worktrees }]) => ({
      runId,
      branches: [...branches.keys()].toSorted(),
      tip: branches.get(`gump/run-${runId}`) ?? null,
      commits: [...commits],
      worktrees: [...worktrees].toSorted(),
    }))
}

function note(of: (runId: string) => Found, ref: string, oid: string): void {
  const branch = /^refs\/heads\/(.+)$/u.exec(ref)?.[1]
  const placed = /^refs\/gump-heads\/(.+)$/u.exec(ref)?.[1]
  const runId =
    branch === undefined && placed === undefined
      ? (/^refs\/gump\/([\w-]+)\//u.exec(ref)?.[1] ?? null)
      : runOf(branch ?? placed ?? '')
  if (runId === null) return
  const found = of(runId)
  found.commits.add(oid)
  if (branch === undefined) found.own = true
  else found.branches.set(branch, oid)
}

/** The run that a branch belongs to, by its name. */
export function runOf(branch: string): string | null {
  return /^gump\/run-([\w-]+)/u.exec(branch)?.[1] ?? null
}

/** Those that Gump has noted, and those that only git knows. */
export async function worktreesOnBranches(
  repository: Repository,
): Promise<readonly { readonly dir: string; readonly branch: string }[]> {
  const noted = await listRecords(repository)
  const all = join(repository.commonDir, 'worktrees')
  const registered = await Promise.all(
    (await readdir(all).catch(() => [])).map(async (name) => {
      const admin = join(all, name)
      const head = await readFile(join(admin, 'HEAD'), 'utf8').catch(() => '')
      const gitdir = await readFile(join(admin, 'gitdir'), 'utf8').catch(() => '')
      const branch = /^ref: refs\/heads\/(.+)\n?$/u.exec(head)?.[1]
      if (branch === undefined || gitdir === '') return []
      return [{ dir: dirname(resolve(admin, gitdir.trim())), branch }]
    }),
  )
  return [...noted, ...registered.flat()]
}

/** How many of these commits and their ancestors nothing of the user's holds: no branch, no tag, no remote, not HEAD. */
export async function countOnlyInRuns(repository: Repository, commits: readonly string[]): Promise<number> {
  if (commits.length === 0) return 0
  const known = await Promise.all(
    commits.map(async (oid) => ((await repository.objects.find(`${oid}^{commit}`)) === null ? [] : [oid])),
  )
  if (known.flat().length === 0) return 0
  // Older versions of git take no options from stdin, and read it where it is named: before --not.
  const not = ['--not', 'HEAD', '--exclude=gump/run-*', '--branches', '--remotes', '--tags']
  const args = ['rev-list', '--count', '--stdin', ...not]
  const input = `${known.flat().join('\n')}\n`
  const counted = await demandGit(args, { ...repository.user, input })
  return Number(counted.toString('utf8').trim())
}
