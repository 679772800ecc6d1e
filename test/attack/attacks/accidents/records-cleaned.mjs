/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'git clean -xdff removes the records of a run that is not applied',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.agent('echo precious > precious.txt')
    await w.run()
    const [branch] = w.branches()
    w.git('clean', '-xdffq')
    const status = await w.gump(['status'])
    const doctor = await w.gump(['doctor'])
    const gc = await w.gump(['gc'])
    if (branch === undefined || !w.branches().includes(branch)) return { got: 'its branch is gone, unasked' }
    const names = (text) => text.includes(branch) || text.includes(branch.replace('gump/', ''))
    const silent = [
      ['status', status],
      ['doctor', doctor],
      ['gc', gc],
    ]
      .filter(([, { out }]) => !names(out))
      .map(([name]) => name)
    return { got: silent.length === 0 ? null : `${silent.join(', ')} do not name ${branch}` }
  },
}
