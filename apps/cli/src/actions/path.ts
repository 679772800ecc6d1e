import { existsSync } from 'node:fs'
import { GumpError } from '@gump/errors'

import { openReader } from '../compose/open-reader.js'
import type { CliContext } from '../context.js'
import { json } from '../display/json.js'
import { exitCodes } from '../exit-codes.js'

/** Prints the folder and nothing else, for `cd` and `git -C`. */
export async function path(
  context: CliContext,
  options: { readonly run: string; readonly json: boolean },
): Promise<number> {
  const reader = await openReader(context)
  try {
    const { id, alias, worktree, applied, stepWorktrees } = await reader.find(options.run)
    const exists = existsSync(worktree)
    if (options.json) {
      context.stdout.write(json({ run: id, alias, path: worktree, exists, steps: stepWorktrees }))
      return exitCodes.passed
    }
    if (!exists) {
      throw new GumpError(
        'GUMP-G018',
        `${alias} has no worktree${applied ? ' any more: it is applied' : ' yet'}`,
        {
          data: { run: id, path: worktree },
          remedy: applied
            ? `gump report ${alias} and gump blame still know it; git log gump/run-${id} shows its commits`
            : `it is made when the run begins, at ${worktree}`,
        },
      )
    }
    context.stdout.write(`${worktree}\n`)
    return exitCodes.passed
  } finally {
    await reader.close()
  }
}
