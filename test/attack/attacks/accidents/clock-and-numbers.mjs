/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'the clock is set back a day before a resume, and a ledger contains impossible numbers',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.agent('exit 1')
    await w.run()
    const ledger = w.ledger()
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const today = new Date().toISOString().slice(0, 10)
    w.write(ledger, (w.read(ledger) ?? '').replaceAll(`"ts":"${today}`, `"ts":"${tomorrow}`))
    w.agent('echo x > x.txt')
    const resumed = await w.gump(['run', '--resume'])
    const outputs = [resumed, await w.gump(['report']), await w.gump(['runs']), await w.gump(['status'])]
    w.write(ledger, (w.read(ledger) ?? '').replaceAll(/"duration_ms":[\d.]+/gu, '"duration_ms":1e400'))
    outputs.push(
      await w.gump(['report']),
      await w.gump(['runs']),
      await w.gump(['stats']),
      await w.gump(['status']),
    )
    const text = outputs.map(({ out }) => out).join('')
    const bad = /-\d+[hms]|2[34]h|Infinity|NaN|GUMP-R999/u.exec(text)?.[0]
    return { got: bad ?? null }
  },
}
