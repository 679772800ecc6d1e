import { lstatSync, rmdirSync, rmSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { type LedgerEvent, readLedger, type RunLocation } from '@gump/ledger'
import type { KeptWorktree } from '@gump/workspace'
import { scratchRoot } from '../shell/worktree-folder.js'
import { removePointers } from '../shell/worktree-pointer.js'
import type { Setup } from './setup.js'

/** Where worktrees of a run may be, besides where git knows them. */
export async function foldersOf(setup: Setup, location: RunLocation): Promise<readonly string[]> {
  const ledger = await readLedger(location.ledgerFile, location.id).catch(() => null)
  return foldersIn(setup, ledger?.events ?? [])
}

export function foldersIn({ facts }: Setup, events: readonly LedgerEvent[]): readonly string[] {
  const started = events.find((event) => event.type === 'run_started')
  const folder = started?.type === 'run_started' ? started.worktrees : undefined
  return folder === undefined ? [] : [resolve(facts.root, folder)]
}

/** Removes what is left of a run beside its worktrees: files that name them, what agents without one left, empty folders. */
export function removeTraces(
  { facts }: Setup,
  { id }: RunLocation,
  folders: readonly string[],
  kept: readonly KeptWorktree[],
): void {
  removePointers(
    facts.root,
    id,
    kept.map(({ dir }) => dir),
  )
  for (const folder of folders) {
    const scratch = scratchRoot(folder, id)
    const isFolder = lstatSync(scratch, { throwIfNoEntry: false })?.isDirectory() === true
    if (isFolder) rmSync(scratch, { recursive: true, force: true })
    if (isOurs(folder)) removeWhenEmpty(folder)
  }
}

/** Not one that the user made. */
function isOurs(folder: string): boolean {
  return folder.endsWith('.gump') || basename(dirname(folder)) === 'gump-worktrees'
}

function removeWhenEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Other runs have worktrees there.
  }
}
