import { rmSync } from 'node:fs'

const damages = {
  'a damaged line': (text) => text.replace('"run_started"', '"run_sta\u0000'),
  'a newer version': (text) => text.replaceAll('"v":1', '"v":2'),
  'an empty file': () => '',
  'no file': () => null,
  'a ledger of another program': () =>
    '{"type":"cook_started","ts":"2026-01-01T00:00:00.000Z","cook_id":"x"}\n',
}

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries:
    'the ledger of unapplied work is damaged, empty, missing, of a newer version or of another program; then gc, runs, status, doctor',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    const got = []
    for (const [what, damage] of Object.entries(damages)) {
      w.agent('echo precious > "precious-$RANDOM.txt"')
      const { code } = await w.run()
      if (code !== 0) throw new Error('the run failed')
      const branches = w.branches().length
      const ledger = w.ledger()
      const text = damage(w.read(ledger) ?? '')
      if (text === null) rmSync(ledger)
      else w.write(ledger, text)
      const folder = w.runFolder()
      for (const args of [['gc'], ['gc', '--keep-last', '0'], ['gc', '--older-than', '0d']])
        await w.gump(args)
      if (w.branches().length < branches || !w.has(folder)) got.push(`${what}: gc removed it`)
      for (const args of [['runs'], ['status'], ['doctor']]) {
        const { out } = await w.gump(args)
        if (/GUMP-R999/u.test(out)) got.push(`${what}: gump ${args[0]}: a mistake in Gump`)
      }
    }
    return { got: got.length === 0 ? null : got.join('; ') }
  },
}
