/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'commits, switches, rebases, stashes and resets, as it would in a checkout of its own',
  must: 'held',
  async run(w) {
    w.write('b.txt', 'b\n')
    w.write('c.txt', 'c\n')
    w.commit('second')
    w.agent(
      'set -e; echo one > one.txt; git add -A; git -c user.name=a -c user.email=a commit -qm one; git switch -qc side; echo two > two.txt; git stash -uq; git stash pop -q; git add -A; git -c user.name=a -c user.email=a commit -qm two; git reset -q --hard HEAD; git tag mine; git log --oneline | head -3; git status --short; echo three > three.txt',
    )
    const { code, out } = await w.run()
    const branch = w.branches()[0]
    const files = branch === undefined ? '' : w.git('ls-tree', '-r', '--name-only', branch)
    const right = ['b.txt', 'c.txt', 'one.txt', 'two.txt', 'three.txt', 'src/a.ts'].every((name) =>
      files.includes(name),
    )
    if (code === 0) return { got: right ? null : `the step passed with ${files.replaceAll('\n', ' ')}` }
    return { got: `its git does not work: ${out.slice(-300)}` }
  },
}
