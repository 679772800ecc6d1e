import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'an agent edits files in a submodule; then apply and gc',
  must: 'held',
  modes: ['strict', 'off'],
  async run(w) {
    const lib = join(w.folder, 'lib')
    w.write(join(lib, 'lib.c'), 'lib\n')
    for (const args of [
      ['init', '-q', '.'],
      ['add', '-A'],
      ['commit', '-qm', 'lib'],
    ])
      w.git('-C', lib, ...args)
    w.git('submodule', 'add', '-q', lib, 'vendor/lib')
    w.write('gump.toml', '[gates]\ncompile = "true"\n[worktree]\nsubmodules = true\n')
    w.commit()
    w.agent('echo precious-edit | rev | rev >> vendor/lib/lib.c')
    const { code, out } = await w.run()
    await w.gump(['apply'])
    await w.gump(['gc'])
    if (code !== 0) return { got: /submodule|vendor\/lib/u.test(out) ? null : out.slice(-300) }
    w.tryGit('submodule', 'update', '--init')
    const found =
      w.tryGit('-C', join(w.main, 'vendor/lib'), 'log', '-p', '--all').out +
      (w.read('vendor/lib/lib.c') ?? '')
    const kept = w
      .worktrees()
      .some((tree) => (w.read(join(tree, 'vendor/lib/lib.c')) ?? '').includes('precious-edit'))
    return { got: found.includes('precious-edit') || kept ? null : 'the edit exists nowhere' }
  },
}
