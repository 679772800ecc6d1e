import { access } from 'node:fs/promises'
import { join } from 'node:path'

import { GumpError } from '@gump/errors'

import { identityEnvironment } from '../git/environment.js'
import { type Conversation, openConversation } from '../git/conversation.js'
import { gitFailed } from '../git/git-failure.js'
import { type GitOutcome, runGit } from '../git/run-git.js'
import type { Identity } from '../objects/commit-bytes.js'
import { readHead } from '../operations/facts.js'
import { persist } from '../repository/patience.js'
import type { Repository } from '../repository/repository.js'
import { removeJournal, writeJournal } from './journal.js'
import { localChanges } from './local-changes.js'
import { setAside } from './set-aside.js'

/** One step of the user's branch together with the working tree. */
export interface HeadMove {
  readonly from: string
  readonly to: string
  readonly tree: string
  /** For the reflog. */
  readonly reason: string
  readonly committer: Identity
  /** Untracked files that the new tree replaces. */
  readonly replaced: readonly string[]
  /** An interrupted apply is taken up: every tracked file is known to be as before or as afterwards. */
  readonly again: boolean
}

/**
 * Moves HEAD (and the branch it stands for) by compare-and-swap and brings index and files along. The refs stay locked
 * while the files change, so of two at once one gets GUMP-G002; a kill in between leaves HEAD where it was and a
 * journal that lets the next call complete the work.
 *
 * @throws GumpError GUMP-G002, GUMP-G001
 */
export async function moveHead(repository: Repository, move: HeadMove): Promise<void> {
  const { user, perform } = repository
  const { from, to, tree, reason } = move
  const env = { ...user.env, ...identityEnvironment(move.committer) }
  const talk = openConversation(['update-ref', '-m', reason, '--stdin'], { ...user, env })
  try {
    await perform('apply-prepare', () => lockHead(repository, talk, from, to))
    await writeJournal(repository, { head: from, tree })
    try {
      await perform('apply-tree', () => moveFiles(repository, move))
    } catch (error) {
      await talk.ask('abort\n', 'abort: ok\n')
      throw error
    }
    await perform('apply-ref', () => talk.ask('commit\n', 'commit: ok\n'))
    await removeJournal(repository)
  } finally {
    await talk.close()
  }
}

async function lockHead(repository: Repository, talk: Conversation, from: string, to: string): Promise<void> {
  try {
    await talk.ask(`start\nupdate ORIG_HEAD ${from}\nupdate HEAD ${to} ${from}\nprepare\n`, 'prepare: ok\n')
  } catch (cause) {
    const { commit, branch } = await readHead(repository)
    const what =
      commit === from ? 'is locked by another git process' : `moved to ${commit ?? 'nothing'} meanwhile`
    throw new GumpError('GUMP-G002', `${branch ?? 'HEAD'} ${what}`, {
      cause,
      data: { ref: branch === null ? 'HEAD' : `refs/heads/${branch}`, expected: from, actual: commit },
      remedy: 'look at the branch, then try again',
    })
  }
}

async function moveFiles(repository: Repository, move: HeadMove): Promise<void> {
  const { root, user } = repository
  const args = move.again
    ? ['read-tree', '--reset', '-u', move.tree]
    : ['read-tree', '-m', '-u', move.from, move.tree]
  try {
    await setAside(root, move.replaced, async () => {
      const outcome = await whenUnlocked(repository, async () => {
        await runGit(['update-index', '-q', '--refresh'], user)
        return runGit(args, user)
      })
      if (outcome.code !== 0) throw gitFailed(args, outcome)
    })
  } catch (error) {
    // Mostly git has refused before it touched anything; otherwise the journal stays for the next try.
    if ((await localChanges(repository)).length === 0) await removeJournal(repository)
    throw error
  }
}

/** Editors and prompts run git too, and hold the index for a moment. */
async function whenUnlocked(repository: Repository, attempt: () => Promise<GitOutcome>): Promise<GitOutcome> {
  let outcome: GitOutcome = { code: -1, stdout: Buffer.alloc(0), stderr: '' }
  await persist({ attempts: 6, pauseMs: 40 }, async () => {
    outcome = await attempt()
    if (outcome.code === 0) return true
    const locked = await access(join(repository.gitDir, 'index.lock')).then(
      () => true,
      () => false,
    )
    return locked ? null : true
  })
  return outcome
}
