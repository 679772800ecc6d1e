import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { Repository } from '../repository/repository.js'
import { writeFileAtomically } from '../repository/write-file.js'

/** What was being done to the user's working tree; it is there only while that lasts, or when it was interrupted. */
export interface Journal {
  /** HEAD, until the end. */
  readonly head: string
  /** The tree that the working tree is brought to. */
  readonly tree: string
}

function place({ gitDir }: Repository): string {
  return join(gitDir, 'gump-apply.json')
}

/** What an interrupted apply left; null when there is nothing. One that was complete, or given up, is forgotten. */
export async function readJournal(repository: Repository, head: string): Promise<Journal | null> {
  const text = await readFile(place(repository), 'utf8').catch(() => null)
  if (text === null) return null
  const journal = JSON.parse(text) as Journal
  if (journal.head === head) return journal
  await removeJournal(repository)
  return null
}

export async function writeJournal(repository: Repository, journal: Journal): Promise<void> {
  await writeFileAtomically(place(repository), `${JSON.stringify(journal)}\n`, { sync: repository.power })
}

export async function removeJournal(repository: Repository): Promise<void> {
  await rm(place(repository), { force: true })
}
