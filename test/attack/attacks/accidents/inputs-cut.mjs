import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'the stored inputs of a run are cut short, and the run is resumed',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.agent('exit 1')
    await w.run()
    const inputs = join(w.runFolder(), 'inputs')
    const got = []
    for (const name of readdirSync(inputs)) {
      const path = join(inputs, name)
      const whole = readFileSync(path)
      for (const bytes of [Math.floor(whole.length / 2), 0]) {
        w.write(path, whole.subarray(0, bytes))
        const { out } = await w.gump(['run', '--resume'])
        if (/GUMP-R999/u.test(out)) got.push(`${name}: ${out.split('\n')[0]}`)
      }
      w.write(path, whole)
    }
    return { got: got.length === 0 ? null : got.join('; ') }
  },
}
