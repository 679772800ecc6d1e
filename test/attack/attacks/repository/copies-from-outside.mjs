import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'repository',
  tries: 'has files from outside copied or linked into the worktree',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.write(join(w.home, '.ssh/id_test'), 'PRIVATE-KEY\n')
    w.agent('grep -rl PRIVATE-KEY . > found.txt; touch found.txt')
    const got = []
    for (const [key, path] of [
      ['copy', '../home/.ssh/id_test'],
      ['copy', join(w.home, '.ssh/id_test')],
      ['link', '../home/.ssh'],
      ['link', '/etc'],
      ['copy', '.git'],
    ]) {
      w.write('gump.toml', `[gates]\ncompile = "true"\n[worktree]\n${key} = [${JSON.stringify(path)}]\n`)
      w.commit()
      await w.run()
      const found = w
        .branches()
        .map((branch) => w.tryGit('show', `${branch}:found.txt`).out)
        .join('')
      if (found !== '') got.push(`${key} ${path}`)
    }
    return { got: got.length === 0 ? null : got.join(', ') }
  },
}
