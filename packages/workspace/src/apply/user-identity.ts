import { runGit } from '../git/run-git.js'
import { type Identity, signature } from '../objects/commit-bytes.js'
import type { Repository } from '../repository/repository.js'

/** The person whose branch a commit goes to. */
export interface UserIdentity {
  readonly author: Identity
  readonly committer: Identity
}

/** The identity that the user configured for git; Gump's own when there is none. */
export async function userIdentity(repository: Repository): Promise<UserIdentity> {
  const [author, committer] = await Promise.all([
    ask(repository, 'GIT_AUTHOR_IDENT'),
    ask(repository, 'GIT_COMMITTER_IDENT'),
  ])
  return { author: author ?? repository.identity, committer: committer ?? author ?? repository.identity }
}

/** git makes an identity up from host and account names unless it is asked not to. */
async function ask({ user }: Repository, variable: string): Promise<Identity | null> {
  const { code, stdout } = await runGit(['-c', 'user.useConfigOnly=true', 'var', variable], user)
  const match = /^(.*) <([^>]*)> \d+ [+-]\d+\n$/su.exec(stdout.toString('utf8'))
  return code !== 0 || match?.[1] === undefined || match[2] === undefined
    ? null
    : { name: match[1], email: match[2] }
}

/** The author and committer lines of a commit that is made now. */
export function signatures(
  { author, committer }: UserIdentity,
  now: number,
): { readonly author: string; readonly committer: string } {
  return { author: signature(author, now), committer: signature(committer, now) }
}
