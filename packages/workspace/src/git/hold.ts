import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import type { Socket } from 'node:net'

/** Node stays alive for an answer of a long-lived process, and only for that. */
export function hold(child: ChildProcessWithoutNullStreams, on: boolean): void {
  for (const handle of [child, child.stdin as Socket, child.stdout as Socket, child.stderr as Socket]) {
    if (on) handle.ref()
    else handle.unref()
  }
}
