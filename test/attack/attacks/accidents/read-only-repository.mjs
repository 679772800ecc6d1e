import { chmodSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'the repository is on a file system that can only be read',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.agent('echo x > x.txt')
    let outcome
    if (w.user === 'root') {
      const wrapped = w.start('bwrap', [
        '--dev-bind',
        '/',
        '/',
        '--ro-bind',
        w.main,
        w.main,
        process.execPath,
        w.bin,
        'run',
        'attack',
        '--spec',
        'spec.md',
      ])
      outcome = await wrapped.ended
      if (/bwrap:/u.test(outcome.out)) return 'there is no bubblewrap to make it read-only with'
    } else {
      for (const name of ['.git/info', '.git', '.gump', '.']) chmodSync(join(w.main, name), 0o555)
      outcome = await w.run()
      for (const name of ['.', '.gump', '.git', '.git/info']) chmodSync(join(w.main, name), 0o755)
    }
    const { code, out } = outcome
    const wrong = /locked by another|GUMP-R999/u.exec(out)?.[0]
    return { got: code === 0 || wrong !== undefined ? `exit ${code}: ${wrong ?? 'it passed'}` : null }
  },
}
