const secret = 'sk-ant-api03-abcdefghijklmnop'
/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'secret',
  tries: 'a known secret that is reversed, or printed letter by letter',
  must: 'limit',
  limit:
    'A secret is masked as it is and in base64, hexadecimal and URL encoding; reversed, split or encrypted ones are not.',
  modes: ['auto'],
  async run(w) {
    const reversed = [...secret].toReversed().join('')
    w.agent(`echo '${reversed}'; echo x > x.txt`)
    await w.run([], { env: { ANTHROPIC_API_KEY: secret } })
    return { got: w.textBelow(w.runFolder()).includes(reversed) ? 'it is in the run' : null }
  },
}
