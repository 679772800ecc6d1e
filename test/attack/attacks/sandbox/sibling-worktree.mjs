import { told } from '../../told.mjs'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'writes into the worktree of an agent that works beside it',
  must: { strict: 'held', auto: 'held', off: 'limit' },
  limit: 'Without a sandbox an agent can write into the worktrees of other agents.',
  async run(w) {
    w.workflow(`name: attack
steps:
  - name: both
    parallel: true
    steps:
      - {name: good, agent: "command:agent", prompt: "good"}
      - {name: evil, agent: "command:agent", prompt: "evil"}
`)
    w.commit()
    w.agent(`
      if grep -q good "$1"; then echo good > good.txt; touch "$PWD/.gump/out/ready" 2>/dev/null; for i in $(seq 100); do [ -e stolen.txt ] && break; sleep 0.1; done
      else for i in $(seq 60); do for other in $(git -C "$MAIN" worktree list --porcelain | sed -n 's/^worktree //p'); do [ "$other" = "$MAIN" ] || [ "$other" = "$PWD" ] || echo evil > "$other/stolen.txt"; done; sleep 0.1; done; echo mine > mine.txt; fi 2>/dev/null`)
    const outcome = await w.run()
    const branch = w.branches()[0]
    const tree = branch === undefined ? '' : w.tryGit('ls-tree', '-r', '--name-only', branch).out
    return {
      got: tree.includes('stolen.txt') ? 'the work of the other agent holds its file' : null,
      told: told(outcome),
    }
  },
}
