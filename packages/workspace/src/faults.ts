/** Everything that changes a repository, a worktree or the user's tree, as one name each. */
export const operations = [
  'exclude',
  'prepare-private',
  'register-worktree',
  'checkout',
  'put-back',
  'place-branch',
  'publish-index',
  'stage',
  'write-commit',
  'snapshot-ref',
  'promote-ref',
  'adopt-ref',
  'restore-tracked',
  'restore-untracked',
  'empty-out',
  'merge-trees',
  'move-ref',
  'apply-prepare',
  'apply-tree',
  'apply-ref',
  'apply-branch',
  'apply-conflicts',
  'remove-folder',
  'remove-registration',
  'remove-refs',
] as const

/** One of {@link operations}. */
export type Operation = (typeof operations)[number]

/** Every name that the `fault` option of {@link openWorkspace} is called with. */
export const faultPoints: readonly string[] = operations.flatMap((operation) => [
  `git:${operation}:before`,
  `git:${operation}:after`,
])

/** Performs one operation between its two fault points. */
export type Perform = <T>(operation: Operation, work: () => Promise<T>) => Promise<T>

export function createPerform(fault: (name: string) => void): Perform {
  return async (operation, work) => {
    fault(`git:${operation}:before`)
    const result = await work()
    fault(`git:${operation}:after`)
    return result
  }
}
