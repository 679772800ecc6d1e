import { join } from 'node:path'

import { told } from '../../told.mjs'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'makes a linked worktree of the user read a copy of the git folder in which `core.fsmonitor` is set',
  must: { strict: 'held', auto: 'held', off: 'noticed' },
  async run(w) {
    const other = join(w.folder, 'userwt')
    w.git('worktree', 'add', '-q', '-b', 'feature', other)
    w.agent(`
      printf '#!/bin/sh\\ntouch ${w.out}/ran\\n' > fsmonitor.sh; chmod +x fsmonitor.sh
      cp -r "$MAIN/.git" ./copy; git config -f copy/config core.fsmonitor "$PWD/fsmonitor.sh"
      printf '%s\\n' "$PWD/copy" > "$MAIN/.git/worktrees/userwt/commondir"
      rm -f "$MAIN/.git/worktrees/userwt/index"`)
    const outcome = await w.run()
    w.tryGit('-C', other, 'status')
    return {
      got: w.has(join(w.out, 'ran')) ? 'the user’s git status ran its command' : null,
      told: told(outcome),
    }
  },
}
