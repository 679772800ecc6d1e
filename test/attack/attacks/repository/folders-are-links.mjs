import { readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'repository',
  tries: 'brings `.gump`, `.gump/runs` or `.gump/worktrees` as links to elsewhere',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.agent('echo x > x.txt')
    const got = []
    for (const name of ['.gump/runs', '.gump/worktrees', '.gump']) {
      await w.start('rm', ['-rf', join(w.main, name)]).ended
      const elsewhere = join(w.out, name.replace('/', '-'))
      w.write(join(elsewhere, 'workflows/attack.yaml'), w.stepOf(''))
      symlinkSync(elsewhere, join(w.main, name))
      w.git('add', '-Af')
      w.git('commit', '-qm', name)
      await w.run(['--allow-dirty'])
      await w.gump(['gc', '--keep-last', '0'], { input: 'y\n' })
      if (readdirSync(elsewhere).length !== 1) got.push(`${name}: ${readdirSync(elsewhere).join(', ')}`)
      w.git('rm', '-q', '--cached', name)
      await w.start('rm', ['-f', join(w.main, name)]).ended
    }
    return { got: got.length === 0 ? null : got.join('; ') }
  },
}
