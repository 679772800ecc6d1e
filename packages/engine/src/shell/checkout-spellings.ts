import { realpathSync } from 'node:fs'
import { spellingsOf } from '@gump/gates'
import type { RunContext } from './run-context.js'

/** Where the user's checkout is, and what its environment calls it. */
export type Checkout = Pick<RunContext, 'ambient' | 'repoRoot' | 'worktrees'>

const known = new WeakMap<RunContext['worktrees'], readonly string[]>()

/** The names under which the user's environment may call the checkout. */
export function checkoutSpellings(context: Checkout): readonly string[] {
  const spellings =
    known.get(context.worktrees) ?? spellingsOf(context.repoRoot, context.ambient.env, realPath)
  known.set(context.worktrees, spellings)
  return spellings
}

/** The real path of something that is there, or null. */
export function realPath(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}
