import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { atomicWrite } from '@gump/ledger'

/** Where people look for worktrees: a file of one line in place of each says where it is. */
function pointersOf(root: string): string {
  return join(root, '.gump', 'worktrees')
}

export function writePointer(root: string, dir: string): void {
  const folder = pointersOf(root)
  if (dirname(dir) === folder) return
  const file = join(folder, basename(dir))
  mkdirSync(folder, { recursive: true })
  if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true) return
  atomicWrite(file, `${dir}\n`)
}

/** Removes the files that name worktrees of a run; the worktrees themselves are not touched. */
export function removePointers(root: string, runId: string, keep: readonly string[] = []): void {
  const folder = pointersOf(root)
  const kept = new Set(keep.map((dir) => basename(dir)))
  for (const entry of list(folder)) {
    const isOfRun = entry.name === `run-${runId}` || entry.name.startsWith(`run-${runId}.`)
    if (isOfRun && entry.isFile() && !kept.has(entry.name)) rmSync(join(folder, entry.name), { force: true })
  }
}

function list(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder)
  } catch {
    return []
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true })
}
