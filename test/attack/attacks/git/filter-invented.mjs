import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'gives its files a filter and brings the program for it',
  must: 'held',
  async run(w) {
    w.agent(`
      printf '#!/bin/sh\\n[ -e "${w.folder}/agent-is-done" ] && touch ${w.out}/ran; cat\\n' > clean.sh; chmod +x clean.sh
      echo '* filter=evil' > .gitattributes; echo x > x.txt
      git config filter.evil.clean "$PWD/clean.sh"; git config filter.evil.required true`)
    await w.run()
    w.write(join(w.folder, 'agent-is-done'), '')
    await w.gump(['apply'])
    w.tryGit('status')
    return { got: w.has(join(w.out, 'ran')) ? 'its filter ran for the user' : null }
  },
}
