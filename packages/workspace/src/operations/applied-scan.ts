import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { exists } from '../repository/exists.js'
import type { Repository } from '../repository/repository.js'
import { readFile } from '../repository/small-files.js'
import { writeFileAtomically } from '../repository/write-file.js'

/** What is known about the history of one HEAD. */
export interface Scan {
  readonly head: string
  /** Epoch seconds; older commits were not looked at. */
  readonly since: number
  /** Runs that have left anything there. */
  readonly runs: ReadonlySet<string>
  /** Commits of runs: those that are there, and those that were squashed into one that is there. */
  readonly commits: ReadonlySet<string>
  /** What a commit keeps when it is rebased or picked. */
  readonly works: ReadonlySet<string>
}

type Place = Pick<Repository, 'ownDir' | 'commonDir'>

const fileName = 'applied.json'

/** The last scan that was kept; null when there is none, or it is damaged. */
export async function readScan(place: Place): Promise<Scan | null> {
  const text = await readFile(join(place.ownDir, fileName), 'utf8').catch(() => '')
  if (text === '' || (await isShallow(place))) return null
  try {
    const { head, since, runs, commits, works } = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (typeof head !== 'string' || typeof since !== 'number') return null
    if (!isTexts(runs) || !isTexts(commits) || !isTexts(works)) return null
    return { head, since, runs: new Set(runs), commits: new Set(commits), works: new Set(works) }
  } catch {
    return null
  }
}

/** Keeps a scan for the next process: the history of a commit never changes. */
export async function writeScan(place: Place, { head, since, runs, commits, works }: Scan): Promise<void> {
  if (await isShallow(place)) return
  const text = JSON.stringify({ head, since, runs: [...runs], commits: [...commits], works: [...works] })
  try {
    await mkdir(place.ownDir, { recursive: true })
    await writeFileAtomically(join(place.ownDir, fileName), `${text}\n`)
  } catch {
    // A user who may only read the repository looks again the next time.
  }
}

/** More of its history may be fetched without a new HEAD. */
function isShallow({ commonDir }: Place): Promise<boolean> {
  return exists(join(commonDir, 'shallow'))
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}
