import { symlinkSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'repository',
  tries: 'has a spec that is a pipe, a device, huge, or a link to a private key',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.agent('cat "$1" > prompt.txt')
    w.write(join(w.home, '.ssh/id_test'), 'PRIVATE-KEY\n')
    w.write('huge.md', 'x'.repeat(3 * 1024 * 1024))
    symlinkSync(join(w.home, '.ssh/id_test'), join(w.main, 'key.md'))
    symlinkSync('/dev/zero', join(w.main, 'zero.md'))
    await w.start('mkfifo', [join(w.main, 'pipe.md')]).ended
    const got = []
    for (const spec of ['pipe.md', 'zero.md', '/dev/zero', 'key.md', 'huge.md']) {
      const run = w.start(process.execPath, [w.bin, 'run', 'attack', '--spec', spec, '--allow-dirty'])
      const timer = setTimeout(() => run.child.kill('SIGKILL'), 30_000)
      const { code } = await run.ended
      clearTimeout(timer)
      if (code !== 2) got.push(`${spec}: ${code}`)
    }
    return { got: got.length === 0 ? null : got.join(', ') }
  },
}
