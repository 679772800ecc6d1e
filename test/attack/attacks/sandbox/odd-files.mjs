/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries:
    'leaves pipes, sockets, links into nowhere, folders that cannot be read, and a path of 5000 characters',
  must: 'held',
  modes: ['strict', 'off'],
  async run(w) {
    w.agent(`
      echo work > work.txt; mkfifo pipe; ln -s /nowhere/at/all dangling; ln -s loop loop
      mkdir closed; echo kept > closed/file; chmod 000 closed
      ( for i in $(seq 100); do mkdir -p dddddddddddddddddddddddddddddddddddddddddddddddddd && cd dddddddddddddddddddddddddddddddddddddddddddddddddd || break; done; echo deep > deep.txt )`)
    const { code, out } = await w.run()
    const branch = w.branches()[0]
    const tree = branch === undefined ? '' : w.tryGit('ls-tree', '-r', '--name-only', branch).out
    if (/GUMP-R999/u.test(out)) return { got: `“a mistake in Gump”: ${out.slice(-200)}` }
    // Either all of it is recorded, or the user is warned.
    const recorded =
      tree.includes('work.txt') &&
      tree.includes('deep.txt') &&
      (w.user === 'user' || tree.includes('closed/file'))
    return { got: code !== 0 || recorded ? null : 'it passed, and files are missing' }
  },
}
