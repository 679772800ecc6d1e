import { GumpError } from '@gump/errors'

import { demandGit, type GitCall } from './run-git.js'

/** The oldest git with everything Gump uses: `merge-tree --write-tree` and `cat-file --batch-command -z`. */
const oldest = [2, 38] as const

/**
 * Refuses a git that is too old.
 *
 * @throws GumpError GUMP-P004
 */
export async function demandGitVersion(call: GitCall): Promise<void> {
  const said = (await demandGit(['version'], call)).toString('utf8').trim()
  const match = /(\d+)\.(\d+)/u.exec(said)
  const major = Number(match?.[1] ?? 0)
  const minor = Number(match?.[2] ?? 0)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return
  throw new GumpError('GUMP-P004', `${said === '' ? 'git' : said} is too old`, {
    data: { found: said, needed: oldest.join('.') },
    remedy: `install git ${oldest.join('.')} or newer`,
  })
}
