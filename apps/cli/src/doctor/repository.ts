import { catalogue, isGumpError } from '@gump/errors'
import { openWorkspace, type RepositoryFacts, type WorkingTreeChanges } from '@gump/workspace'

import type { CliContext } from '../context.js'
import type { Examination, Finding } from './finding.js'

export const examineRepository: Examination = async ({ context, root }) => {
  if (root === null) {
    const detail = 'this folder is not in a git repository'
    return [finding('git repository', 'broken', detail, 'Change to a repository, or git init and commit.')]
  }
  try {
    const { facts, changes } = await lookAt(root, context)
    const { branch, head } = facts
    const at = `${root}, ${branch === null ? 'HEAD is detached' : `branch ${branch}`} at ${head.slice(0, 7)}`
    return [finding('git repository', 'ok', at), cleanliness(changes)]
  } catch (error) {
    if (!isGumpError(error)) throw error
    // That git is missing or too old is said about the machine.
    if (error.code === 'GUMP-P004') return []
    const { message, remedy } = error
    return [finding('git repository', 'broken', message, remedy ?? catalogue[error.code].remedy)]
  }
}

/** No program that the repository's own git configuration names is run. */
async function lookAt(
  root: string,
  { env }: CliContext,
): Promise<{ readonly facts: RepositoryFacts; readonly changes: WorkingTreeChanges }> {
  const workspace = await openWorkspace(root, { env })
  try {
    return { facts: await workspace.facts(), changes: await workspace.changes({ runFilters: false }) }
  } finally {
    await workspace.close()
  }
}

function cleanliness({ tracked, undecided = [] }: WorkingTreeChanges): Finding {
  const count = tracked.length
  if (count === 0) {
    const unknown =
      undecided.length === 0
        ? 'no uncommitted changes'
        : `no uncommitted changes, as far as it shows without running content filters (${undecided.length} files)`
    return finding('working tree', 'ok', unknown)
  }
  return finding(
    'working tree',
    'warning',
    `${count} tracked ${count === 1 ? 'file has' : 'files have'} uncommitted changes`,
    'Commit or stash them, or pass --allow-dirty; agents will not see them.',
  )
}

function finding(name: string, status: Finding['status'], detail: string, remedy?: string): Finding {
  return { area: 'repository', name, status, detail, ...(remedy === undefined ? {} : { remedy }) }
}
