import { splitRecords } from '../git/path-bytes.js'
import { demandGit } from '../git/run-git.js'
import { parseTrailers } from '../objects/message.js'
import type { Repository } from '../repository/repository.js'
import { headCommit } from './facts.js'

/** What is known about the history of one HEAD. */
interface Scan {
  readonly head: string
  /** Epoch seconds; older commits were not looked at. */
  readonly since: number
  readonly runs: ReadonlySet<string>
}

const day = 86_400

/**
 * Tells which runs are in the history of HEAD: by the `Gump-Run` trailer of a merge, of a squashed commit, or of the
 * steps themselves after a fast-forward. History is read once per HEAD, and no further back than the runs go that are
 * asked about.
 */
export function createAppliedRuns(repository: Repository): (runId: string) => Promise<boolean> {
  let last: Scan | null = null
  return async (runId) => {
    const head = await headCommit(repository)
    if (head === null) return false
    const started = startOf(runId)
    if (last === null || last.head !== head || last.since > started) {
      // Twice as far as needed: whoever asks about one run mostly asks about older ones next.
      const since = Math.max(0, Math.floor(2 * started - repository.now() / 1000))
      last = await scan(repository, head, since)
    }
    return last.runs.has(runId)
  }
}

/** Epoch seconds before which a run can not have made a commit: a UUIDv7 begins with its time in milliseconds. */
function startOf(runId: string): number {
  const digits = /^([0-9a-f]{8})-([0-9a-f]{4})-7/u.exec(runId)
  return digits === null ? 0 : Number.parseInt(`${digits[1]}${digits[2]}`, 16) / 1000 - day
}

async function scan(repository: Repository, head: string, since: number): Promise<Scan> {
  const args = [
    'log',
    '-z',
    '--format=%B',
    '--grep=^Gump-Run: ',
    ...(since > 0 ? [`--since=@${since}`] : []),
    head,
  ]
  const messages = splitRecords(await demandGit(args, await repository.bare()))
  const runs = messages.map((message) => parseTrailers(message.toString('utf8'))['Gump-Run'])
  return { head, since, runs: new Set(runs.filter((run) => run !== undefined)) }
}
