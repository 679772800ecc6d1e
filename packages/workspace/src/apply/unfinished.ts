import { access } from 'node:fs/promises'
import { join } from 'node:path'

import { GumpError } from '@gump/errors'

import type { Repository } from '../repository/repository.js'

/** What git leaves in a git folder while something is unfinished, and what that is called. */
const traces: readonly (readonly [file: string, name: string])[] = [
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
]

/**
 * Refuses a working tree in which git is in the middle of something.
 *
 * @throws GumpError GUMP-G008
 */
export async function demandNothingUnfinished({ gitDir }: Repository): Promise<void> {
  for (const [file, name] of traces) {
    const found = await access(join(gitDir, file)).then(
      () => true,
      () => false,
    )
    if (!found) continue
    throw new GumpError('GUMP-G008', `a ${name} is not finished in this working tree`, {
      data: { operation: name },
      remedy: `finish it, or end it with git ${name} --abort`,
    })
  }
}
