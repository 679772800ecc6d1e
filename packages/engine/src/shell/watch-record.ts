import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isGumpError } from '@gump/errors'
import { atomicWrite } from '@gump/ledger'
import type { Watched } from '@gump/workspace'

/** How the repository was found at one moment. */
export interface Sight {
  /** The settings that git follows. */
  readonly settings: Watched
  /** HEAD, branches and files of the user's checkout; null: a sandbox keeps agents out of it. */
  readonly checkout: Watched | null
}

/** What a run remembers of the user's repository, however often it is stopped and resumed. */
export interface WatchRecord {
  /** Before the first agent. Only a person who says that a change was theirs moves it. */
  readonly baseline: Sight
  /** When it was last looked at: what differs from it has not been reported. */
  readonly seen: Sight
}

/** Why there is no record: `missing` in runs of earlier versions, `damaged` when it cannot be understood. */
export type ReadRecord = WatchRecord | 'missing' | 'damaged'

const version = 1

/** One line. Formatters and linters of the project look at JSON, so that is not its name. */
function fileOf(runDir: string): string {
  return join(runDir, 'watch.ndjson')
}

/** Never throws: a record that cannot be read must not keep a run from being resumed. */
export function readWatchRecord(runDir: string): ReadRecord {
  let text: string
  try {
    text = readFileSync(fileOf(runDir), 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'damaged'
  }
  try {
    const value = JSON.parse(text) as Partial<WatchRecord & { version: number }>
    const { baseline, seen } = value
    return value.version === version && isSight(baseline) && isSight(seen) ? { baseline, seen } : 'damaged'
  } catch {
    return 'damaged'
  }
}

export function writeWatchRecord(runDir: string, record: WatchRecord): void {
  try {
    atomicWrite(fileOf(runDir), `${JSON.stringify({ version, ...record })}\n`)
  } catch (error) {
    // A full disk ends the run at its ledger; a comparison that is missing later must not be what does.
    if (!isGumpError(error) && (error as NodeJS.ErrnoException).code === undefined) throw error
  }
}

function isSight(value: unknown): value is Sight {
  if (typeof value !== 'object' || value === null) return false
  const { settings, checkout } = value as Partial<Sight>
  return isWatched(settings) && (checkout === null || isWatched(checkout))
}

function isWatched(value: unknown): value is Watched {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === 'string')
  )
}

/** Names whose values differ, sorted. A name on one side only differs, too. */
export function differences(before: Watched, after: Watched): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => own(before, name) !== own(after, name)).toSorted()
}

/**
 * The same for the settings that git follows. A registration that comes or goes is a `git worktree add` or `remove`, and no
 * difference.
 */
export function changedSettings(before: Watched, after: Watched): readonly string[] {
  return differences(before, after).filter(
    (name) => !isRegistration(name) || (Object.hasOwn(before, name) && Object.hasOwn(after, name)),
  )
}

/** Names of files are from outside: `constructor` is one. */
function own(watched: Watched, name: string): string | undefined {
  return Object.hasOwn(watched, name) ? watched[name] : undefined
}

function isRegistration(name: string): boolean {
  return name.startsWith('.git/worktrees/') && !name.endsWith('/commondir')
}
