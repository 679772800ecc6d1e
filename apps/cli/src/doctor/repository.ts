import { askProgram } from './ask-program.js'
import type { Examination, Finding } from './finding.js'

export const examineRepository: Examination = async ({ root }) => {
  if (root === null) {
    const detail = 'this folder is not in a git repository'
    return [finding('git repository', 'broken', detail, 'Change to a repository, or git init and commit.')]
  }
  const head = await askProgram('git', ['rev-parse', '--short', 'HEAD'], root)
  if (head === null) {
    return [finding('git repository', 'broken', `${root} has no commit`, 'Make a first commit.')]
  }
  const branch = await askProgram('git', ['symbolic-ref', '--short', '-q', 'HEAD'], root)
  const at = `${root}, ${branch === null ? 'HEAD is detached' : `branch ${branch.trim()}`} at ${head.trim()}`
  return [finding('git repository', 'ok', at), await cleanliness(root)]
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
