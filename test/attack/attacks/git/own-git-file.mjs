import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'turns its worktree into a repository of its own, with hooks, filters and a file system monitor',
  must: 'held',
  async run(w) {
    w.agent(`
      echo work > work.txt
      rm -rf .git; git init -q . ; mkdir -p .git/hooks
      for hook in post-index-change pre-commit post-commit reference-transaction; do printf '#!/bin/sh\\ntouch ${w.out}/ran\\n' > .git/hooks/$hook; chmod +x .git/hooks/$hook; done
      git config core.fsmonitor "touch ${w.out}/ran"; git config core.hooksPath "$PWD/.git/hooks"
      git config filter.evil.clean "touch ${w.out}/ran; cat"; echo '* filter=evil' > .gitattributes`)
    const before = w.mode === 'strict' ? false : w.has(join(w.out, 'ran'))
    await w.run()
    // In the weaker modes its own git may run what it likes while it works.
    const own = w.mode !== 'strict' && w.has(join(w.out, 'ran'))
    if (own) {
      w.write(join(w.out, 'ran'), '')
    }
    w.tryGit('status')
    return { got: !before && !own && w.has(join(w.out, 'ran')) ? 'git ran it outside' : null }
  },
}
