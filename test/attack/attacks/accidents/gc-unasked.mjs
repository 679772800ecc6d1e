/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'gc runs without a terminal, over work that is not applied',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.agent('echo precious > precious.txt')
    await w.run()
    w.agent('echo half > half.txt; exit 1')
    await w.run()
    const before = w.branches().length
    for (const args of [['gc'], ['gc', '--keep-last', '0'], ['gc', '--older-than', '0d']]) await w.gump(args)
    const kept =
      w.branches().length === before &&
      w.branches().some((branch) => w.git('ls-tree', '-r', '--name-only', branch).includes('precious.txt'))
    return { got: kept ? null : 'work is gone' }
  },
}
