import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: '`.gump/runs` is a file, a folder that belongs to no run, or full of things that are not runs',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    const runs = join(w.main, '.gump/runs')
    w.agent('echo x > x.txt')
    const got = []
    const look = async (what) => {
      for (const args of [
        ['run', 'attack', '--spec', 'spec.md'],
        ['runs'],
        ['status'],
        ['doctor'],
        ['gc', '--dry-run'],
        ['report'],
        ['run', '--resume'],
      ]) {
        const { out } = await w.gump(args)
        if (/GUMP-R999/u.test(out)) got.push(`${what}: gump ${args.join(' ')}: ${out.split('\n')[0]}`)
      }
    }
    writeFileSync(runs, 'not a folder')
    await look('a file')
    await w.start('rm', ['-rf', runs]).ended
    mkdirSync(join(runs, 'notes'), { recursive: true })
    w.write(join(runs, 'index.ndjson'), 'nonsense\n{"half":')
    w.write(join(runs, '01a22eb1-2a7a-711e-9b6a-7c62b64282cc/notes.txt'), 'x')
    await look('other things')
    if (w.user === 'user') {
      chmodSync(runs, 0o000)
      await look('no permission')
      chmodSync(runs, 0o755)
    }
    return { got: got.length === 0 ? null : got.slice(0, 3).join('; ') }
  },
}
