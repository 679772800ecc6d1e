import { catalogue, isGumpError } from '@gump/errors'
import { openWorkspace, type RepositoryFacts } from '@gump/workspace'

import type { CliContext } from '../context.js'
import { askProgram } from './ask-program.js'
import type { Examination, Finding } from './finding.js'

export const examineRepository: Examination = async ({ context, root }) => {
  if (root === null) {
    const detail = 'this folder is not in a git repository'
    return [finding('git repository', 'broken', detail, 'Change to a repository, or git init and commit.')]
  }
  try {
    const { branch, head } = await factsOf(root, context)
    const at = `${root}, ${branch === null ? 'HEAD is detached' : `branch ${branch}`} at ${head.slice(0, 7)}`
    return [finding('git repository', 'ok', at), await cleanliness(root)]
  } catch (error) {
    if (!isGumpError(error)) throw error
    // That git is missing or too old is said about the machine.
    if (error.code === 'GUMP-P004') return []
    const { message, remedy } = error
    return [finding('git repository', 'broken', message, remedy ?? catalogue[error.code].remedy)]
  }
}

async function factsOf(root: string, { env }: CliContext): Promise<RepositoryFacts> {
  const workspace = await openWorkspace(root, { env })
  try {
    return await workspace.facts()
  } finally {
    await workspace.close()
  }
}

async function cleanliness(root: string): Promise<Finding> {
  const changes = await askProgram('git', ['status', '--porcelain', '--untracked-files=no'], root)
  const count = changes?.split('\n').filter((line) => line !== '').length ?? 0
  return count === 0
    ? finding('working tree', 'ok', 'no uncommitted changes')
    : finding(
        'working tree',
        'warning',
        `${count} tracked ${count === 1 ? 'file has' : 'files have'} uncommitted changes`,
        'Commit or stash them, or pass --allow-dirty; agents will not see them.',
      )
}

function finding(name: string, status: Finding['status'], detail: string, remedy?: string): Finding {
  return { area: 'repository', name, status, detail, ...(remedy === undefined ? {} : { remedy }) }
}
