import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries:
    'puts links to a folder of the user’s where its output, its source folder or `.gump` was, and fails, so that they are emptied for the next attempt',
  must: 'held',
  async run(w) {
    const got = []
    for (const [what, script] of [
      ['.gump/out', 'rm -rf .gump/out; mkdir -p .gump; ln -s "$HOME/precious" .gump/out'],
      ['.gump', 'rm -rf .gump; ln -s "$HOME/precious" .gump'],
      ['src', 'rm -rf src; ln -s "$HOME/precious" src'],
    ]) {
      const file = w.write(join(w.home, 'precious/a.ts'), 'mine\n')
      const inner = w.write(join(w.home, 'precious/out/b.txt'), 'mine\n')
      w.workflow(w.stepOf('    retry:\n      - {attempt: 2, worktree: pristine}\n      - exit: 3\n'))
      w.tryGit('commit', '-qam', what)
      w.agent(`${script}; exit 1`)
      await w.run()
      await w.gump(['gc', '--keep-last', '0'], { input: 'y\ny\n' })
      if (w.read(file) !== 'mine\n' || w.read(inner) !== 'mine\n') got.push(what)
    }
    return { got: got.length === 0 ? null : `the user’s folder is another, through ${got.join(', ')}` }
  },
}
