import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries:
    'puts programs called git, node and bash into its worktree, for a user whose PATH begins with the current folder',
  must: 'held',
  async run(w) {
    w.agent(
      `for name in git node bash sh bwrap env; do printf '#!/bin/bash\\n[ -e "${w.folder}/watching" ] && touch "${w.out}/ran"; exit 1\\n' > $name; chmod +x $name; done`,
    )
    w.write(join(w.folder, 'watching'), '')
    await w.run([], { env: { PATH: `.:${w.environment.PATH}` } })
    return { got: w.has(join(w.out, 'ran')) ? 'what it wrote ran as the user’s tool' : null }
  },
}
