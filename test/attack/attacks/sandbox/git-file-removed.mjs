/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'removes the `.git` file of its worktree',
  must: 'held',
  async run(w) {
    w.agent('echo work > work.txt; rm -f .git; mv .git .git.old')
    const { code, out } = await w.run()
    const branch = w.branches()[0]
    const recorded =
      branch !== undefined && w.git('ls-tree', '-r', '--name-only', branch).includes('work.txt')
    return {
      got: recorded || (code !== 0 && /GUMP-/u.test(out)) ? null : `exit ${code}, and its work is nowhere`,
    }
  },
}
