/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'the user has a branch called gump',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.git('branch', 'gump')
    w.agent('echo x > x.txt')
    const { code, out } = await w.run()
    const tells = code === 2 && /branch/u.test(out) && /gump/u.test(out) && w.worktrees().length === 0
    return { got: code === 0 || tells ? null : `exit ${code}: ${out.slice(-300)}` }
  },
}
