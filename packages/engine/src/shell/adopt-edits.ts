import type { Worktree } from '@gump/workspace'
import type { RunContext } from './run-context.js'

/** Commits what a person changed in a worktree on top of its branch; null when they changed nothing. */
export function adoptEdits(
  context: Pick<RunContext, 'runId'>,
  worktree: Worktree,
  on: { readonly base: string; readonly content: string },
): Promise<string | null> {
  return worktree.adopt({
    ...on,
    describe: {
      subject: 'gump: edits made by hand',
      trailers: { 'Gump-Run': context.runId, 'Gump-Status': 'adopted' },
    },
  })
}
