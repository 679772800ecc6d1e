import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'turns its worktree into a repository of its own, with hooks, filters and a file system monitor',
  must: 'held',
  async run(w) {
    // What its own git runs while it works is its own affair.
    w.agent(`
      export AGENT_WORKS=1
      echo work > work.txt
      printf '#!/bin/sh\\n[ -n "$AGENT_WORKS" ] || touch ${w.out}/ran\\ncat\\n' > evil.sh; chmod +x evil.sh
      rm -rf .git; mv .git .git.old; git init -q .; mkdir -p .git/hooks
      for hook in post-index-change pre-commit post-commit reference-transaction post-checkout; do cp evil.sh .git/hooks/$hook; done
      git config core.fsmonitor "$PWD/evil.sh"; git config core.hooksPath "$PWD/.git/hooks"
      git config filter.evil.clean "$PWD/evil.sh"; git config filter.evil.smudge "$PWD/evil.sh"; echo '* filter=evil' > .gitattributes`)
    await w.run()
    await w.gump(['apply'])
    w.tryGit('status')
    return { got: w.has(join(w.out, 'ran')) ? 'git ran it outside' : null }
  },
}
