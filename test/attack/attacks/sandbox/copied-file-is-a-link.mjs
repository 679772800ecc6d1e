import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries:
    'replaces a file that was copied into its worktree by a link, and fails, so that the copy is written through the link',
  must: 'held',
  async run(w) {
    const target = w.write(join(w.home, 'target'), 'mine\n')
    w.write('.env', 'SETTING=1\n')
    w.write('.gitignore', '.env\n')
    w.write('gump.toml', '[gates]\ncompile = "true"\n[worktree]\ncopy = [".env"]\n')
    w.workflow(w.stepOf('    retry:\n      - {attempt: 2, worktree: pristine}\n      - exit: 3\n'))
    w.commit()
    w.agent(`rm -f .env; ln -s '${target}' .env; exit 1`)
    await w.run()
    await w.gump(['run', '--resume'])
    return { got: w.read(target) === 'mine\n' ? null : 'a file of the user’s is overwritten' }
  },
}
