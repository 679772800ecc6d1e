/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'removes its worktree while it works',
  must: 'held',
  async run(w) {
    w.agent('here=$PWD; cd /; rm -rf "$here"; rm -rf "$here"/* "$here"/.[!.]*')
    const { code } = await w.run()
    if (code === 0) await w.gump(['apply'])
    const kept = w.git('ls-tree', '-r', '--name-only', 'HEAD').includes('src/a.ts')
    return { got: kept ? null : 'the user’s files are deleted after gump apply' }
  },
}
