/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'the user runs their tests and looks at their files after a failed run',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.write('package.json', '{"name":"p","version":"1.0.0","type":"module"}\n')
    w.write('src/a.test.js', "import test from 'node:test'\ntest('a', () => {})\n")
    w.commit()
    const look = async () =>
      [
        /^# tests (\d+)/mu.exec(
          (await w.start(process.execPath, ['--test', '--test-reporter=tap']).ended).out,
        )?.[1],
        (
          await w.start('bash', [
            '-c',
            'find . -name "*.js" -o -name "*.json" -o -name "*.md" -o -name "*.ts" -o -name "*.py" | grep -v "^./.git/" | sort',
          ]).ended
        ).out,
      ].join('\n')
    const before = await look()
    w.agent("sed -i 's/() => {}/() => { throw new Error(1) }/' src/a.test.js; exit 1")
    await w.run()
    const after = await look()
    return { got: before === after ? null : after.slice(0, 400) }
  },
}
