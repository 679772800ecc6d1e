import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'repository',
  tries: 'has a submodule whose address is a command, and asks for submodules in worktrees',
  must: { strict: 'held', auto: 'held', off: 'held' },
  async run(w) {
    w.write('.gitmodules', `[submodule "lib"]\n\tpath = lib\n\turl = ext::sh -c touch% ${w.out}/ran\n`)
    w.git('update-index', '--add', '--cacheinfo', `160000,${w.git('rev-parse', 'HEAD')},lib`)
    w.write('gump.toml', '[gates]\ncompile = "true"\n[worktree]\nsubmodules = true\n')
    w.commit()
    w.agent('echo x > x.txt')
    await w.run(['--allow-dirty'])
    return { got: w.has(join(w.out, 'ran')) ? 'its command ran' : null }
  },
}
