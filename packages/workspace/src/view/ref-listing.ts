import { demandGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'

/** The refs of a repository at one moment, in the form that a view takes them over in. */
export interface RefListing {
  /** Content of a `packed-refs` file. */
  readonly packed: string
  /** Refs that point to another one, which such a file cannot hold. */
  readonly symbolic: readonly { readonly ref: string; readonly target: string }[]
}

/** What is Gump's or the user's alone: the records of runs, stashes, and what belongs to the user's worktree. */
const leftOut = /^refs\/(?:gump|gump-heads|bisect|worktree|rewritten)\/|^refs\/stash$/u

/** Lists the refs that programs in a worktree see. One call of git, and no object is read. */
export async function listRefs({ common }: Repository): Promise<RefListing> {
  const format = '--format=%(objectname) %(refname) %(symref)'
  // The names are bytes; Latin-1 carries them unchanged.
  const lines = (await demandGit(['for-each-ref', format], common)).toString('latin1').split('\n')
  const packed: string[] = []
  const symbolic: { ref: string; target: string }[] = []
  for (const line of lines) {
    const [oid = '', ref = '', target = ''] = line.split(' ')
    if (ref === '' || leftOut.test(ref)) continue
    if (target === '') packed.push(`${oid} ${ref}\n`)
    else symbolic.push({ ref: utf8(ref), target: utf8(target) })
  }
  return { packed: utf8(`# pack-refs with: sorted \n${packed.join('')}`), symbolic }
}

function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}
