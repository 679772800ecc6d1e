import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { atomicWrite } from '@gump/ledger'
import type { UntrackedEntry } from '@gump/workspace'

function fileOf(runDir: string, worktree: string): string {
  return join(runDir, 'setup', `${worktree}.ndjson`)
}

/** Notes what was in a worktree, besides its commit, when it had been set up: all of it can be made again. */
export function writeSetUp(runDir: string, worktree: string, entries: readonly UntrackedEntry[]): void {
  const file = fileOf(runDir, worktree)
  mkdirSync(join(runDir, 'setup'), { recursive: true })
  atomicWrite(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
}

/** Empty for a worktree that was not set up, and where that cannot be read any more. */
export function readSetUp(runDir: string, worktree: string): readonly UntrackedEntry[] {
  try {
    const lines = readFileSync(fileOf(runDir, worktree), 'utf8').split('\n').filter(Boolean)
    return lines.map((line) => JSON.parse(line) as UntrackedEntry)
  } catch {
    return []
  }
}
