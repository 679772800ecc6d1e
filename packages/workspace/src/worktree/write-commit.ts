import type { CommitDescription } from '../contract.js'
import { signature } from '../objects/commit-bytes.js'
import { formatMessage } from '../objects/message.js'
import type { Repository } from '../repository/repository.js'

/** Writes a commit from Gump with the present time. */
export function writeCommit(
  repository: Repository,
  commit: {
    readonly tree: string
    readonly parents: readonly string[]
    readonly describe: CommitDescription
  },
): Promise<string> {
  const { tree, parents, describe } = commit
  const author = signature(repository.identity, repository.now())
  return repository.perform('write-commit', () =>
    repository.commits({ tree, parents, author, committer: author, message: formatMessage(describe) }),
  )
}
