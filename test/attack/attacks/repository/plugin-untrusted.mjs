import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'repository',
  tries:
    'lists plugins: a file of its own, an absolute path, a data: address, a package in its own node_modules',
  must: 'held',
  modes: ['strict', 'off'],
  async run(w) {
    const code = `import { writeFileSync } from 'node:fs'; try { writeFileSync(${JSON.stringify(join(w.out, 'ran'))}, 'x') } catch {}; export default {}`
    w.write('evil.mjs', code)
    w.write(
      'node_modules/evil/package.json',
      '{"name":"evil","version":"1.0.0","type":"module","main":"index.js"}',
    )
    w.write('node_modules/evil/index.js', code)
    w.agent('echo x > x.txt')
    const names = [
      './evil.mjs',
      join(w.main, 'evil.mjs'),
      `data:text/javascript,${encodeURIComponent(code)}`,
      'evil',
    ]
    const got = []
    for (const name of names) {
      w.write('gump.toml', `[gates]\ncompile = "true"\n[plugins]\npackages = [${JSON.stringify(name)}]\n`)
      w.commit()
      for (const args of [
        ['run', 'attack', '--spec', 'spec.md', '--dry-run', '--sandbox', 'strict'],
        ['doctor'],
        ['playbook', 'validate'],
        ['trust', '--yes'],
      ])
        await w.gump(args, { input: 'y\n' })
      await w.run([], { input: 'y\n' })
      if (w.has(join(w.out, 'ran'))) got.push(name.slice(0, 30))
      await w.start('rm', ['-f', join(w.out, 'ran')]).ended
    }
    return { got: got.length === 0 ? null : `code of ${got.join(', ')} ran in the engine` }
  },
}
