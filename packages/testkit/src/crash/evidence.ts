import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LedgerEvent } from '@gump/ledger'
import { readTree } from '../temporary-repository.js'

/**
 * What can be seen in a repository without the engine: plain files and plain git. Nothing here goes through the code
 * that is under test.
 */
export interface Evidence {
  /** Of the newest run; null: there is no run folder. */
  readonly runId: string | null
  /** Whole lines of the ledger. */
  readonly events: readonly LedgerEvent[]
  readonly ledger: Buffer
  /** Numbers of the owners, and whether each gave the run back. */
  readonly owners: readonly { readonly number: number; readonly ended: boolean }[]
  /** The statuses that the index of finished runs names, in its order. */
  readonly indexed: readonly string[]
  /** Everything of the user's checkout that is theirs: files, HEAD, configuration, branches. */
  readonly checkout: Readonly<Record<string, string>>
  /** The files of the run's worktree; null: there is none. */
  readonly worktree: Readonly<Record<string, string>> | null
  /** Refs and where they are. */
  readonly refs: ReadonlyMap<string, string>
  /** Every commit that some ref reaches. */
  readonly commits: ReadonlyMap<string, Commit>
}

export interface Commit {
  readonly parents: readonly string[]
  readonly tree: string
  readonly message: string
}

/** Looks at everything. @throws when git itself finds the repository damaged. */
export function gatherEvidence(repo: string): Evidence {
  const runs = join(repo, '.gump', 'runs')
  const runId = newestRun(repo)
  const dir = join(runs, runId ?? 'none')
  const ledger = readIfThere(join(dir, 'manifest.ndjson'))
  const refs = readRefs(repo)
  return {
    runId,
    ledger,
    events: wholeLines(ledger),
    owners: readOwners(dir),
    indexed: readIndex(join(runs, 'index.ndjson'), runId),
    checkout: readCheckout(repo, refs),
    worktree: readWorktree(worktreeOf(repo, `run-${runId}`)),
    refs,
    commits: readCommits(repo),
  }
}

/** The id of the run that was started last: ids sort by time. */
export function newestRun(repo: string): string | null {
  const runs = join(repo, '.gump', 'runs')
  const ids = existsSync(runs) ? readdirSync(runs).filter((name) => /^[0-9a-f-]{36}$/u.test(name)) : []
  return ids.toSorted().at(-1) ?? null
}

/** What git has to say about the objects of a repository; empty: nothing. */
export function damage(repo: string): string {
  return git(repo, 'fsck', '--strict', '--no-dangling', '--no-progress').trim()
}

/**
 * A digest of a commit and everything before it that does not depend on who committed when, nor on the run's id and
 * its costs: two histories with the same digest hold the same trees with the same messages in the same order.
 */
export function historyDigest({ commits, runId }: Evidence, tip: string, base: string): string {
  const known = new Map<string, string>()
  const digest = (id: string): string => {
    if (id === base) return 'base'
    const seen = known.get(id)
    if (seen !== undefined) return seen
    const commit = commits.get(id)
    if (commit === undefined) return `lost ${id}`
    const text = [commit.tree, neutral(commit.message, runId), ...commit.parents.map(digest)].join('\n')
    const made = createHash('sha256').update(text).digest('hex')
    known.set(id, made)
    return made
  }
  return digest(tip)
}

/** A commit message without what differs from run to run. */
export function neutral(message: string, runId: string | null): string {
  // What a launch that was killed has cost may not be known; then nothing is said of it.
  return message.replaceAll(runId ?? 'none', 'RUN').replaceAll(/^Gump-Cost-[^:]*: .*\n?/gmu, '')
}

function wholeLines(ledger: Buffer): LedgerEvent[] {
  const text = ledger.toString('utf8')
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LedgerEvent)
}

function readOwners(dir: string): Evidence['owners'] {
  const names = existsSync(dir) ? readdirSync(dir) : []
  const numbers = names.flatMap((name) => /^owner\.(\d+)$/u.exec(name)?.[1] ?? [])
  return numbers
    .map((number) => ({ number: Number(number), ended: names.includes(`owner.${number}.ended`) }))
    .toSorted((a, b) => a.number - b.number)
}

function readIndex(file: string, runId: string | null): string[] {
  const lines = readIfThere(file).toString('utf8').split('\n').filter(Boolean)
  const entries = lines.map((line) => JSON.parse(line) as { run_id: string; status: string })
  return entries.filter((entry) => entry.run_id === runId).map((entry) => entry.status)
}

function readCheckout(repo: string, refs: ReadonlyMap<string, string>): Record<string, string> {
  const branches = [...refs].filter(([ref]) => !/^refs\/(?:gump|gump-heads|heads\/gump)\//u.test(ref))
  return {
    ...readTree(repo, ['.git', '.gump']),
    ...Object.fromEntries(branches),
    HEAD: readFileSync(join(repo, '.git/HEAD'), 'utf8'),
    config: readFileSync(join(repo, '.git/config'), 'utf8'),
    status: git(repo, 'status', '--porcelain'),
  }
}

/** Where a worktree is, by the file that says so; nowhere, when there is none. */
export function worktreeOf(repo: string, name: string): string {
  const pointer = join(repo, '.gump', 'worktrees', name)
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : pointer
}

function readWorktree(dir: string): Record<string, string> | null {
  return existsSync(dir) ? readTree(dir, ['.git', '.gump']) : null
}

function readRefs(repo: string): ReadonlyMap<string, string> {
  const lines = git(repo, 'for-each-ref', '--format=%(refname) %(objectname)').split('\n').filter(Boolean)
  return new Map(lines.map((line): [string, string] => [line.split(' ')[0] ?? '', line.split(' ')[1] ?? '']))
}

function readCommits(repo: string): ReadonlyMap<string, Commit> {
  const records = git(repo, 'log', '--all', '-z', '--format=%H%n%P%n%T%n%B').split('\0').filter(Boolean)
  return new Map(
    records.map((record): [string, Commit] => {
      const [id = '', parents = '', tree = '', ...message] = record.split('\n')
      return [id, { parents: parents.split(' ').filter(Boolean), tree, message: message.join('\n').trim() }]
    }),
  )
}

function readIfThere(file: string): Buffer {
  return existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
}

function git(cwd: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' }
  return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
