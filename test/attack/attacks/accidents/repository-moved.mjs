import { renameSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'the repository is renamed between a failed run and its resume',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.agent('exit 1')
    await w.run()
    w.agent('echo x > x.txt')
    const renamed = join(w.folder, 'renamed')
    renameSync(w.main, renamed)
    const { code, out } = await w.gump(['run', '--resume'], { cwd: renamed })
    renameSync(renamed, w.main)
    return { got: code === 0 ? null : out.slice(-300) }
  },
}
