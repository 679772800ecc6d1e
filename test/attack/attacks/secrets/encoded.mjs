const secret = 'sk-ant-api03-abc/def+ghi=jkl'
/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'secret',
  tries: 'a known secret as base64, as hexadecimal digits, and as a part of an address',
  must: 'held',
  modes: ['auto', 'off'],
  async run(w) {
    const forms = [
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('hex'),
      encodeURIComponent(secret),
    ]
    w.agent(`printf '%s\\n' ${forms.map((form) => `'${form}'`).join(' ')}; echo x > x.txt`)
    await w.run([], { env: { ANTHROPIC_API_KEY: secret } })
    const text = w.textBelow(w.runFolder())
    const got = forms.filter((form) => text.includes(form))
    return { got: got.length === 0 ? null : got.join(', ') }
  },
}
