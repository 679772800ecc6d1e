import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reportFiles } from './report-formats.js'

/** No report that is read whole may be larger. */
const MAX_BYTES = 64 * 1024 * 1024
/** Folders that one `*` may stand for. */
const MAX_MATCHES = 100

/** The report files of a folder at one moment: path → what changes when a file is written. */
export type ReportState = ReadonlyMap<string, string>

/** Takes note of the reports that are there, so that only those written afterwards count. */
export async function reportState(root: string): Promise<ReportState> {
  const state = new Map<string, string>()
  for (const [pattern] of reportFiles) {
    for (const path of await expand(root, pattern)) {
      const found = await lstat(join(root, path)).catch(() => null)
      // No symbolic links: they could lead out of the worktree.
      if (found?.isFile() !== true || found.size > MAX_BYTES) continue
      state.set(
        path,
        `${String(found.ino)} ${String(found.mtimeMs)} ${String(found.ctimeMs)} ${String(found.size)}`,
      )
    }
  }
  return state
}

/** Line coverage from the first report written since `before`, and its path; null without one. */
export async function coverageFromReports(
  root: string,
  before: ReportState,
): Promise<{ readonly percent: number; readonly path: string } | null> {
  const now = await reportState(root)
  for (const [pattern, format] of reportFiles) {
    for (const path of await expand(root, pattern)) {
      const state = now.get(path)
      if (state === undefined || state === before.get(path)) continue
      const percent = format(await readFile(join(root, path), 'utf8'))
      if (percent !== null && percent >= 0 && percent <= 100) return { percent, path }
    }
  }
  return null
}

async function expand(root: string, pattern: string): Promise<string[]> {
  let paths = ['']
  for (const segment of pattern.split('/')) {
    const next: string[] = []
    for (const path of paths) {
      const names = segment === '*' ? await folders(join(root, path)) : [segment]
      next.push(...names.map((name) => (path === '' ? name : `${path}/${name}`)))
    }
    paths = next.slice(0, MAX_MATCHES)
  }
  return paths
}

async function folders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .map((entry) => entry.name)
      .toSorted()
  } catch {
    return []
  }
}
