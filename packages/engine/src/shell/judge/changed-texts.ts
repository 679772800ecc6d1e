import type { ChangedText } from '@gump/gates'
import type { WorkspaceProvider } from '@gump/workspace'

/** A file above this size is not read as text. */
const MAX_BYTES = 1024 * 1024

/** The files that differ between two commits, as text; with `wanted`, only those of them. */
export async function changedTexts(
  workspace: WorkspaceProvider,
  from: string,
  to: string,
  wanted: (path: string) => boolean = () => true,
): Promise<readonly ChangedText[]> {
  if (from === to) return []
  const files = await workspace.changedFiles(from, to)
  const paths = files.map(({ path }) => path).filter(wanted)
  // A rename appears under its new path only.
  const gone = files.some(({ status }) => status === 'renamed') ? await renamedAway(workspace, from, to) : []
  return Promise.all(
    [...paths, ...gone.filter(wanted)].map(async (path) => ({
      path,
      before: await textAt(workspace, from, path),
      after: await textAt(workspace, to, path),
    })),
  )
}

async function renamedAway(
  workspace: WorkspaceProvider,
  from: string,
  to: string,
): Promise<readonly string[]> {
  const [before, after] = await Promise.all([workspace.listFilesAt(from), workspace.listFilesAt(to)])
  const present = new Set(after)
  return before.filter((path) => !present.has(path))
}

/** Null where there is no file, or none that is a text of ordinary size. */
export async function textAt(
  workspace: WorkspaceProvider,
  commit: string,
  path: string,
): Promise<string | null> {
  const bytes = await workspace.readFileAt(commit, path)
  if (bytes === null || bytes.length > MAX_BYTES || bytes.includes(0)) return null
  return Buffer.from(bytes).toString('utf8')
}
