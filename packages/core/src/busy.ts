import { lastAttempt, lastLaunch, type Node } from '@gump/history'

/** An agent is at work in a worktree, or was when it was stopped, or a person is asked about it. */
export function isBusy(node: Node, workspace: string): boolean {
  const attempt = lastAttempt(node)
  if (attempt !== null && attempt.workspace === workspace && node.completed === null) {
    const launch = lastLaunch(attempt)
    if (launch !== null && launch.output === null) return true
    if (Object.values(attempt.pauses).some((pause) => !pause.settled)) return true
  }
  return node.children.values().some((child) => isBusy(child, workspace))
}
