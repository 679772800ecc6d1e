import { told } from '../../told.mjs'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'makes a folder of its own below `.git/worktrees`',
  must: { strict: 'held', auto: 'held', off: 'noticed' },
  async run(w) {
    w.agent(
      'mkdir -p "$MAIN/.git/worktrees/evil"; echo "ref: refs/heads/main" > "$MAIN/.git/worktrees/evil/HEAD"; echo .. > "$MAIN/.git/worktrees/evil/commondir"; echo "$OUT/.git" > "$MAIN/.git/worktrees/evil/gitdir"',
    )
    const outcome = await w.run()
    return {
      got: w.has('.git/worktrees/evil/HEAD') ? 'git knows one more worktree' : null,
      told: told(outcome),
    }
  },
}
