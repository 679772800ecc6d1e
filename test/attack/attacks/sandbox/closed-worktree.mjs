/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'takes all permissions from its worktree, or leaves locks in git’s folders',
  must: 'held',
  modes: ['strict', 'off'],
  async run(w) {
    const got = []
    for (const [what, script] of [
      ['permissions', 'echo work > work.txt; chmod 000 .'],
      [
        'locks',
        'echo work > work.txt; dir=$(git rev-parse --absolute-git-dir); touch "$dir/index.lock" "$dir/HEAD.lock" "$dir/config.lock"',
      ],
    ]) {
      w.agent(script)
      const { code, out } = await w.run()
      const branch = w.branches().at(-1)
      const recorded =
        branch !== undefined && w.tryGit('ls-tree', '-r', '--name-only', branch).out.includes('work.txt')
      if (/GUMP-R999/u.test(out)) got.push(`${what}: a mistake in Gump`)
      else if (code === 0 && !recorded) got.push(`${what}: it passed without its work`)
    }
    return { got: got.length === 0 ? null : got.join('; ') }
  },
}
