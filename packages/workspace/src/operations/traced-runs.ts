import { readdir, readFile } from '../repository/small-files.js'
import { join } from 'node:path'

import { packedRefs } from '../objects/ref-files.js'
import type { Repository } from '../repository/repository.js'
import { sitesDir } from '../worktree/site.js'
import { runOf } from './run-traces.js'

/**
 * Ids of the runs that have left a ref or a worktree, by the names of files alone; null when only git can tell. `runTraces`
 * says what they have left.
 *
 * @param known - runs whose worktrees need not be looked into, because nothing hangs on them
 */
export async function tracedRuns(
  repository: Repository,
  known: (runId: string) => boolean,
): Promise<ReadonlySet<string> | null> {
  if (!repository.files) return null
  const { commonDir } = repository
  const [heads, own, placed, packed] = await Promise.all([
    namesIn(join(commonDir, 'refs/heads/gump')),
    namesIn(join(commonDir, 'refs/gump')),
    namesIn(join(commonDir, 'refs/gump-heads/gump')),
    packedRefs(commonDir),
  ])
  const found = new Set(own)
  const add = (runId: string | null): void => void (runId !== null && found.add(runId))
  for (const name of [...heads, ...placed]) add(runOf(`gump/${name}`))
  for (const line of packed) {
    add(/ refs\/gump\/([\w-]+)\//u.exec(line)?.[1] ?? null)
    add(runOf(/ refs\/(?:heads|gump-heads)\/(gump\/.+)$/u.exec(line)?.[1] ?? ''))
  }
  for (const name of await namesIn(sitesDir(repository))) if (!isOf(name, known)) return null
  for (const name of await namesIn(join(commonDir, 'worktrees'))) {
    if (isOf(name, known)) continue
    const head = await readFile(join(commonDir, 'worktrees', name, 'HEAD'), 'utf8').catch(() => '')
    add(runOf(/^ref: refs\/heads\/(.+)\n?$/u.exec(head)?.[1] ?? ''))
  }
  return found
}

/** Worktrees are called `run-ID`, `run-ID.SLOT`, and what stands for them begins like that. */
function isOf(name: string, known: (runId: string) => boolean): boolean {
  const runId = /^run-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/u.exec(name)?.[1]
  return runId !== undefined && known(runId)
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch(() => [])
}
