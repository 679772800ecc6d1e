import { told } from '../../told.mjs'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'hides the history by writing `.git/shallow`',
  must: { strict: 'held', auto: 'held', off: 'noticed' },
  async run(w) {
    w.write('b.txt', 'b\n')
    w.commit('second')
    w.agent('git rev-parse HEAD > "$MAIN/.git/shallow"')
    const outcome = await w.run()
    return {
      got: w.tryGit('rev-list', '--count', 'main').out === '2' ? null : 'commits are hidden',
      told: told(outcome),
    }
  },
}
