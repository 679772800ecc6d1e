import { join } from 'node:path'

const secret = 'sk-ant-api03-abcdefghijklmnop'
/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'secret',
  tries: 'a known secret in a file that the agent writes, in its name, in what it prints and answers',
  must: 'held',
  modes: ['auto', 'off'],
  async run(w) {
    w.agent(`echo "key ${secret}" > notes.txt; echo x > "f-${secret}.txt"; echo "printed ${secret}"; exit 0`)
    await w.run([], { env: { ANTHROPIC_API_KEY: secret } })
    const html = join(w.folder, 'report.html')
    const outputs = [
      await w.gump(['report', '--json'], { env: { ANTHROPIC_API_KEY: secret } }),
      await w.gump(['report', '--html', html]),
      await w.gump(['report', '--detail', 'impl']),
      await w.gump(['logs']),
    ]
    const places = [
      ['the folder of the run', w.textBelow(w.runFolder())],
      ['the page', w.read(html) ?? ''],
      ['report --json', outputs[0].out],
      ['report --detail', outputs[2].out],
      ['logs', outputs[3].out],
    ]
    const got = places.filter(([, text]) => text.includes(secret)).map(([name]) => name)
    return { got: got.length === 0 ? null : got.join(', ') }
  },
}
