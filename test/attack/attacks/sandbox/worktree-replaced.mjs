import { told } from '../../told.mjs'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'puts a link to the user’s checkout in the place of its worktree, and waits for gc',
  must: 'held',
  async run(w) {
    w.write('untracked.txt', 'mine\n')
    w.agent(
      'here=$PWD; cd /; rm -rf "$here" 2>/dev/null; mv "$here" "$here.old" 2>/dev/null; ln -s "$MAIN" "$here"',
    )
    const outcome = await w.run()
    await w.gump(['gc', '--keep-last', '0'], { input: 'y\ny\ny\n' })
    const whole = w.has('untracked.txt') && w.has('src/a.ts') && w.has('.git/HEAD')
    return { got: whole ? null : 'files of the user’s checkout are gone', told: told(outcome) && false }
  },
}
