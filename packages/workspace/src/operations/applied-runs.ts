import { appliedTrailer } from '../apply/history.js'
import { splitRecords } from '../git/path-bytes.js'
import { demandGit } from '../git/run-git.js'
import type { CommitParts } from '../objects/commit-bytes.js'
import { parseTrailers } from '../objects/message.js'
import type { Repository } from '../repository/repository.js'
import { readScan, type Scan, writeScan } from './applied-scan.js'
import { type Head, readHead } from './facts.js'

const day = 86_400

/**
 * Tells whether the last commit of a run is in the history of HEAD: itself, squashed, or rewritten by a rebase. That
 * something of the run is there is not enough: a part of it may have been applied before it continued. History is read
 * once per HEAD, and no further back than the runs go that are asked about.
 *
 * @param currentHead - where HEAD is; default: looked at each time
 */
export function createAppliedRuns(
  repository: Repository,
  currentHead: () => Promise<Head> = () => readHead(repository),
): (runId: string, commit: string) => Promise<boolean> {
  let last: Scan | null = null
  return async (runId, commit) => {
    const head = (await currentHead()).commit
    if (head === null) return false
    const started = startOf(runId)
    const reaches = (scan: Scan | null): scan is Scan => scan?.head === head && scan.since <= started
    if (!reaches(last)) last = await readScan(repository)
    if (!reaches(last)) {
      // Twice as far as needed: a caller that asks about one run mostly asks about older ones next.
      const since = Math.max(0, Math.floor(2 * started - repository.now() / 1000))
      last = await scan(repository, head, since)
      await writeScan(repository, last)
    }
    const { runs, commits, works } = last
    if (!runs.has(runId)) return false
    if (commits.has(commit)) return true
    // A user who removed its refs by hand may have lost it.
    const work = await repository.objects.commit(commit).then(workOf, () => null)
    return work !== null && works.has(work)
  }
}

/** Epoch seconds before which a run cannot have made a commit: a UUIDv7 begins with its time in milliseconds. */
function startOf(runId: string): number {
  const digits = /^([0-9a-f]{8})-([0-9a-f]{4})-7/u.exec(runId)
  return digits === null ? 0 : Number.parseInt(`${digits[1]}${digits[2]}`, 16) / 1000 - day
}

async function scan(repository: Repository, head: string, since: number): Promise<Scan> {
  const args = [
    'log',
    '-z',
    '--format=%H%n%P%n%at%n%B',
    '--grep=^Gump-Run: ',
    ...(since > 0 ? [`--since=@${since}`] : []),
    head,
  ]
  const runs = new Set<string>()
  const commits = new Set<string>()
  const works = new Set<string>()
  for (const record of splitRecords(await demandGit(args, await repository.bare()))) {
    const [commit = '', parents = '', authored = '', ...lines] = record.toString('utf8').split('\n')
    const message = lines.join('\n')
    const { 'Gump-Run': run, [appliedTrailer]: squashed } = parseTrailers(message)
    if (run === undefined) continue
    runs.add(run)
    for (const known of [commit, ...parents.split(' '), squashed]) if (known !== undefined) commits.add(known)
    works.add(workKey(authored, message))
  }
  return { head, since, runs, commits, works }
}

function workOf({ author, message }: CommitParts): string {
  return workKey(/ (\d+) [+-]\d+$/u.exec(author)?.[1] ?? '', message)
}

function workKey(authored: string, message: string): string {
  return `${authored}\n${message.trim()}`
}
