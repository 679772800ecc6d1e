import { judgeRole, routeContent } from '@gump/gates'
import type { Substitutes, WorkspaceProvider } from '@gump/workspace'
import { changedTexts } from './changed-texts.js'

/** What must stand in a worktree while a gate runs in it, and how to put back what stood there. */
export interface Routes {
  readonly placed: Substitutes
  readonly own: Substitutes
}

/**
 * The files that commands go through on their way to a tool, as the run began with, where the commit that a worktree
 * holds has others: `package.json` scripts, `.npmrc`, `conftest.py` and their like.
 */
export function routesFor(workspace: WorkspaceProvider, began: string, held: string): Promise<Routes> {
  const known = found.get(workspace) ?? new Map<string, Promise<Routes>>()
  found.set(workspace, known)
  const key = `${began} ${held}`
  const routes = known.get(key) ?? findRoutes(workspace, began, held)
  known.set(key, routes)
  return routes
}

/** Commits never change, and every gate of an attempt asks for the same two. */
const found = new WeakMap<WorkspaceProvider, Map<string, Promise<Routes>>>()

async function findRoutes(workspace: WorkspaceProvider, began: string, held: string): Promise<Routes> {
  const files = await changedTexts(workspace, began, held, (path) => judgeRole(path) === 'route')
  const placed = new Map<string, Uint8Array | null>()
  const originals = new Map<string, Uint8Array | null>()
  for (const { path, before, after } of files) {
    const own = await workspace.readFileAt(held, path)
    // Too large to be read, or no text: nobody can say what it makes of a command.
    const unreadable = after === null && own !== null && before !== null
    const content = unreadable ? before : routeContent({ path, base: before, attempt: after })
    if (content === undefined) continue
    placed.set(path, content === null ? null : Buffer.from(content))
    originals.set(path, own)
  }
  return { placed, own: originals }
}
