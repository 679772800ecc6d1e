import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'leaves a file in /tmp where another program of the user will look for its own',
  must: { strict: 'held', auto: 'held', off: 'limit', bare: 'limit' },
  limit: 'Without a sandbox all programs share `/tmp`.',
  async run(w) {
    const path = join('/tmp', `gump-attack-${process.pid}`)
    w.agent(`echo evil > '${path}'; echo x > x.txt`)
    await w.run()
    const got = existsSync(path)
    rmSync(path, { force: true })
    return { got: got ? 'it is there' : null }
  },
}
