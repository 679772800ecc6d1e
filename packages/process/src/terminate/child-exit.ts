import type { ChildProcess } from 'node:child_process'

/** How Node saw a child end. */
export interface ChildEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** True once Node has noticed the child's end; its pid may belong to another process from then on. */
export function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Resolves at the child's end, at once when that has been. */
export function exitOf(child: ChildProcess): Promise<ChildEnd> {
  if (hasExited(child)) return Promise.resolve({ code: child.exitCode, signal: child.signalCode })
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
}
