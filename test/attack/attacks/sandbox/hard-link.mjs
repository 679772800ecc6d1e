import { told } from '../../told.mjs'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'links a file of the user’s checkout into its worktree and writes through the link',
  must: { strict: 'held', auto: 'held', off: 'noticed' },
  async run(w) {
    w.agent(
      'ln "$MAIN/src/a.ts" through.ts && echo evil > through.ts; ln -s "$MAIN/src" outside; echo evil > outside/b.ts; echo x > x.txt',
    )
    const outcome = await w.run()
    const status = w.git('status', '--short')
    return { got: status === '' ? null : status, told: told(outcome) }
  },
}
