/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'apply meets changes, untracked files and new commits of the user’s',
  must: 'held',
  modes: ['auto'],
  users: ['user'],
  async run(w) {
    w.agent('echo theirs > new.txt; echo theirs >> src/a.ts')
    await w.run()
    w.write('new.txt', 'mine\n')
    w.write('src/a.ts', 'export const a = "mine"\n')
    await w.gump(['apply'])
    if (w.read('new.txt') !== 'mine\n' || w.read('src/a.ts') !== 'export const a = "mine"\n')
      return { got: 'the user’s files were overwritten' }
    w.commit('mine')
    await w.gump(['apply'])
    const conflict = w.git('status', '--short')
    return {
      got:
        w.read('src/a.ts')?.includes('mine') && conflict === '' ? null : `half a merge is left: ${conflict}`,
    }
  },
}
