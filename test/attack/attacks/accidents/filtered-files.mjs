/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'a filter encrypts some files (such as git-crypt), and an agent writes and changes such files',
  must: 'held',
  modes: ['strict', 'auto', 'off'],
  async run(w) {
    w.git('config', 'filter.crypt.clean', 'tr a-zA-Z n-za-mN-ZA-M')
    w.git('config', 'filter.crypt.smudge', 'tr a-zA-Z n-za-mN-ZA-M')
    w.git('config', 'filter.crypt.required', 'true')
    w.write('.gitattributes', 'secrets/** filter=crypt\n')
    w.write('secrets/prod.env', 'API=topsecretone\n')
    w.commit()
    w.agent(
      'cat secrets/prod.env > seen.txt; echo API=topsecrettwo > secrets/new.env; echo API=rotated > secrets/prod.env',
    )
    const { code, out } = await w.run()
    if (code !== 0) return { got: /filter/u.test(out) ? null : out.slice(-300) }
    await w.gump(['apply'])
    const stored = `${w.git('cat-file', '-p', 'HEAD:secrets/new.env')}${w.git('cat-file', '-p', 'HEAD:secrets/prod.env')}`
    const seen = w.git('cat-file', '-p', 'HEAD:seen.txt')
    const got = [
      ...(/topsecret|rotated/u.test(stored) ? ['plain text is committed'] : []),
      ...(seen === 'API=topsecretone' ? [] : ['the agent reads what is stored']),
      ...(w.git('status', '--short') === '' ? [] : ['the checkout is dirty after apply']),
    ]
    return { got: got.length === 0 ? null : got.join(', ') }
  },
}
