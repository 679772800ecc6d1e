import { spawnSync } from 'node:child_process'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'git-crypt itself encrypts some files, and an agent writes and changes such files',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    if (spawnSync('git-crypt', ['--version']).status !== 0) return 'git-crypt is not here'
    const init = await w.start('git-crypt', ['init']).ended
    if (init.code !== 0) throw new Error(init.out)
    w.write('.gitattributes', 'secrets/** filter=git-crypt diff=git-crypt\n')
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
