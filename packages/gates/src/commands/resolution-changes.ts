import type { CommandResolver, ResolvedCommand } from '../contract.js'

/** An alias that means something else than before. */
export interface ResolutionChange {
  readonly alias: string
  /** Null: it had no command. */
  readonly before: string | null
  /** Null: it has no command any more. */
  readonly after: string | null
}

/**
 * The aliases whose command, or the package script behind it, differs between two states of a repository: a step
 * that changes them has changed what judges it, which people must see.
 *
 * @example
 * ```ts
 * await resolutionChanges(atBaseCommit, inWorktree, ['compile', 'test'])
 * // [{ alias: 'test', before: 'npm test (vitest run)', after: 'npm test (true)' }]
 * ```
 */
export async function resolutionChanges(
  before: CommandResolver,
  after: CommandResolver,
  aliases: readonly string[],
): Promise<ResolutionChange[]> {
  const changes: ResolutionChange[] = []
  for (const alias of aliases) {
    const [old, now] = await Promise.all([before.resolve(alias), after.resolve(alias)])
    const change = {
      alias,
      before: old.status === 'resolved' ? meaning(old) : null,
      after: now.status === 'resolved' ? meaning(now) : null,
    }
    // A syntax check is always about other files, and stays the same check.
    const syntax =
      old.status === 'resolved' &&
      now.status === 'resolved' &&
      old.ecosystem === 'syntax' &&
      now.ecosystem === 'syntax'
    if (change.before !== change.after && !syntax) changes.push(change)
  }
  return changes
}

function meaning(command: ResolvedCommand): string {
  return command.definition === undefined ? command.command : `${command.command} (${command.definition})`
}
