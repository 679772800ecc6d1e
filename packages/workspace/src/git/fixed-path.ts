import { delimiter, isAbsolute } from 'node:path'

/**
 * A PATH without folders that depend on where one stands: in a worktree, those would be the agent's, and what it left
 * there would run as the user's tool.
 */
export function fixedPath(path: string | undefined): string {
  return (path ?? '/usr/local/bin:/usr/bin:/bin')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .join(delimiter)
}
