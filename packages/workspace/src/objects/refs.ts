import { join } from 'node:path'

import { GumpError } from '@gump/errors'

import { openConversation } from '../git/conversation.js'
import { demandGit, type GitCall, runGit } from '../git/run-git.js'
import { persist } from '../repository/patience.js'
import { isObjectId, type ObjectReader } from './object-reader.js'
import { readRefFile } from './ref-files.js'
import { demandRefName } from './ref-name.js'
import { readFile, rm, stat } from '../repository/small-files.js'

/** One step of a ref. */
export interface RefMove {
  readonly ref: string
  /** Where it has to be; null: it must not exist; absent: anywhere. */
  readonly from?: string | null
  /** null: delete it. */
  readonly to: string | null
}

/** Reads and moves refs by their exact names. */
export interface Refs {
  read(ref: string): Promise<string | null>
  /** Names and values of all refs below a prefix that ends with a slash. */
  list(prefix: string): Promise<readonly { readonly ref: string; readonly oid: string }[]>
  /**
   * All moves or none. Refs that are already where they should go count as moved: a process was killed after the move.
   *
   * @throws GumpError GUMP-G002 when a ref is elsewhere.
   */
  move(moves: readonly RefMove[]): Promise<void>
  /** Deletes the ref when it is a symbolic one: it would stand wherever another ref stands. */
  dropSymbolic(ref: string): Promise<void>
  close(): Promise<void>
}

/** What {@link createRefs} stands on. */
export interface RefsPlace {
  readonly commonDir: string
  /** Loose refs are files that can be read without git. */
  readonly files: boolean
  readonly objects: ObjectReader
}

export function createRefs({ commonDir, files, objects }: RefsPlace, call: GitCall): Refs {
  const updates = openConversation(['update-ref', '--stdin'], call)

  const list = async (prefix: string): Promise<{ ref: string; oid: string }[]> => {
    const args = ['for-each-ref', '--format=%(objectname) %(refname)', prefix]
    const lines = (await demandGit(args, call)).toString('utf8').split('\n')
    return lines.filter(Boolean).map((line) => {
      const space = line.indexOf(' ')
      return { oid: line.slice(0, space), ref: line.slice(space + 1) }
    })
  }

  /** git looks a short name up in several places, so only a miss is taken from the fast way. */
  const read = async (ref: string): Promise<string | null> => {
    demandRefName(ref)
    if (files) {
      const found = await readRefFile(commonDir, ref)
      if (found !== null) return found
    }
    if ((await objects.find(ref)) === null) return null
    return (await list(ref)).find((found) => found.ref === ref)?.oid ?? null
  }

  const attempt = async (moves: readonly RefMove[], patient: boolean): Promise<true | null> => {
    try {
      await updates.ask(`start\n${moves.map(command).join('')}prepare\ncommit\n`, 'commit: ok\n')
      return true
    } catch (error) {
      const now = new Map<string, string | null>()
      for (const { ref } of moves) now.set(ref, await read(ref))
      const left = moves.filter(({ ref, to }) => now.get(ref) !== to)
      if (left.length === 0) return true
      const elsewhere = left.find(({ ref, from }) => from !== undefined && now.get(ref) !== from)
      if (elsewhere !== undefined) throw refMoved(elsewhere, now.get(elsewhere.ref) ?? null, error)
      if (left.length < moves.length) return attempt(left, patient)
      if (patient || (await isLocked(commonDir, moves))) return null
      throw error
    }
  }

  return {
    read,
    list,
    move: async (moves) => {
      for (const move of moves) demandMove(move)
      if (moves.length === 0) return
      // A lock that was in the way may be gone by now, so a failure is believed the third time.
      const tries = { attempts: 6, pauseMs: 40 }
      if ((await persist(tries, (n) => attempt(moves, n < 2))) !== null) return
      await removeForgottenLocks(commonDir, moves)
      if ((await attempt(moves, false)) !== null) return
      throw new GumpError('GUMP-G001', 'another git process holds the lock of a ref', {
        data: { refs: moves.map(({ ref }) => ref) },
        remedy: 'wait until it has ended, or remove the .lock file it left behind',
      })
    },
    dropSymbolic: async (ref) => {
      demandRefName(ref)
      const loose = files ? await readFile(join(commonDir, ref), 'utf8').catch(() => '') : 'ref:'
      if (!loose.startsWith('ref:')) return
      const { code } = await runGit(['symbolic-ref', '--quiet', ref], call)
      if (code === 0) await demandGit(['symbolic-ref', '--delete', ref], call)
    },
    close: () => updates.close(),
  }
}

/** Keeps anything that is no name or no object id away from git's line-based input. */
function demandMove({ ref, from, to }: RefMove): void {
  demandRefName(ref)
  for (const oid of [from, to]) {
    if (typeof oid !== 'string' || isObjectId(oid)) continue
    throw new GumpError('GUMP-G001', `${JSON.stringify(oid)} is not an object id`, { data: { ref, oid } })
  }
}

/** Never through a symbolic ref: a branch that was turned into one would drag another branch along. */
function command({ ref, from, to }: RefMove): string {
  const old = typeof from === 'string' ? ` ${from}` : ''
  const verb =
    to === null ? `delete ${ref}${old}` : from === null ? `create ${ref} ${to}` : `update ${ref} ${to}${old}`
  return `option no-deref\n${verb}\n`
}

function refMoved({ ref, from }: RefMove, now: string | null, cause: unknown): GumpError {
  const expected = from ?? 'nothing'
  return new GumpError('GUMP-G002', `${ref} is at ${now ?? 'nothing'}, not at ${expected}`, {
    cause,
    data: { ref, expected: from ?? null, actual: now },
  })
}

async function lockAge(commonDir: string, ref: string): Promise<number | null> {
  const lock = await stat(join(commonDir, `${ref}.lock`)).catch(() => null)
  return lock === null ? null : Date.now() - lock.mtimeMs
}

async function isLocked(commonDir: string, moves: readonly RefMove[]): Promise<boolean> {
  const ages = await Promise.all(moves.map(({ ref }) => lockAge(commonDir, ref)))
  return ages.some((age) => age !== null)
}

/** A git that was killed leaves its lock behind. Only those of Gump's own refs are removed: nobody else waits there. */
async function removeForgottenLocks(commonDir: string, moves: readonly RefMove[]): Promise<void> {
  for (const { ref } of moves) {
    const age = /^refs\/(?:gump|gump-heads|heads\/gump)\//u.test(ref) ? await lockAge(commonDir, ref) : null
    if (age !== null && age > 1000) await rm(join(commonDir, `${ref}.lock`), { force: true })
  }
}
