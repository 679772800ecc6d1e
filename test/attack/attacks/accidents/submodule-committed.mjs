import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'an agent commits in a submodule; then apply and gc',
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
    w.agent(
      'cd vendor/lib && echo changed >> lib.c && git add -A && git -c user.name=a -c user.email=b commit -qm insub',
    )
    const { code, out } = await w.run()
    await w.gump(['apply'])
    const commit = w.git('rev-parse', 'HEAD:vendor/lib')
    await w.gump(['gc', '--keep-last', '0'])
    if (code !== 0) return { got: /submodule|vendor\/lib/u.test(out) ? null : out.slice(-300) }
    const there = w.tryGit('-C', join(w.main, 'vendor/lib'), 'cat-file', '-e', commit).code === 0
    const fetched = w.tryGit('-C', join(w.main, 'vendor/lib'), 'fetch', '-q', 'origin', commit).code === 0
    return { got: there || fetched ? null : `the branch names ${commit}, which exists nowhere` }
  },
}
