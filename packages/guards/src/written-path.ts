import { posix } from 'node:path'
import type { AgentEvent } from '@gump/agents'
import type { GuardScope } from './contract.js'

/** Where an agent writes, as far as its stream tells. */
export type WrittenPath =
  /** Below the worktree; relative, without `.` and `..`. */
  | { readonly where: 'worktree'; readonly path: string }
  /** In the user's own working tree, outside the worktree. */
  | { readonly where: 'checkout'; readonly path: string }
  /** Anywhere else: temp, home, the agent's own state. */
  | { readonly where: 'elsewhere'; readonly path: string }

/** The folder through which agents hand over their results; always writable. */
export const OUTPUT_FOLDER = '.gump/out'

/**
 * The place an event writes to, or null when it is no write or names no place. Shell commands are not parsed: what they write is
 * prevented by the sandbox or found by comparing the tree afterwards.
 */
export function writtenPath(event: AgentEvent, scope: GuardScope): WrittenPath | null {
  if (event.type !== 'tool_started' || event.path === undefined || event.path === '') return null
  return event.kind === 'write' || event.kind === 'edit' ? locate(event.path, scope) : null
}

/** Puts a path as an agent spells it into one of the three places; lexically, no file is looked at. */
export function locate(path: string, scope: GuardScope): WrittenPath {
  const spelled = path.replace(/^file:\/\//, '')
  // Only shells expand it, but agents report paths as they were asked for.
  if (spelled === '~' || spelled.startsWith('~/')) return { where: 'elsewhere', path: spelled }
  const worktree = canonical(scope.worktree)
  const absolute = canonical(posix.resolve(worktree, spelled.replace(/^\/proc\/self\/cwd(?=\/|$)/, '.')))

  const inside = below(worktree, absolute)
  if (inside !== null) return { where: 'worktree', path: inside }
  const inCheckout = scope.checkout === undefined ? null : below(canonical(scope.checkout), absolute)
  return inCheckout === null ? { where: 'elsewhere', path: absolute } : { where: 'checkout', path: absolute }
}

/** A path for messages, cut to a length that people read. */
export function shownPath(path: string): string {
  return path.length <= 200 ? path : `…${path.slice(-199)}`
}

/** True for the output folder and what is in it. */
export function isOutput(path: string): boolean {
  return path === OUTPUT_FOLDER || path.startsWith(`${OUTPUT_FOLDER}/`)
}

function below(folder: string, path: string): string | null {
  const relative = posix.relative(folder, path)
  if (relative === '..' || relative.startsWith('../')) return null
  return relative === '' ? '.' : relative
}

/** One spelling for one place. macOS shows `/tmp` and `/var` also below `/private`, where they really are. */
function canonical(path: string): string {
  return posix.resolve('/', path).replace(/^\/private(?=\/(?:tmp|var)(?:\/|$))/, '')
}
