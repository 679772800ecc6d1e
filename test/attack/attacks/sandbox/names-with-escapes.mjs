/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'prints escape sequences, and puts them into the names of files, to write to the user’s terminal',
  must: 'held',
  modes: ['strict', 'off'],
  async run(w) {
    w.workflow(w.stepOf('    gate: [compile, untouched: "*evil*"]\n'))
    w.commit()
    w.agent(
      `printf '\\033]0;owned\\007\\033[2J\\033]52;c;b3duZWQ=\\007\\n'; touch "$(printf 'evil\\033[31m\\033]0;owned\\007.txt')" "$(printf 'evil\\nnew line')"`,
    )
    const outputs = [
      await w.run(['-v']),
      await w.gump(['report']),
      await w.gump(['report', '--detail', 'impl']),
      await w.gump(['logs']),
    ]
    const text = outputs.map(({ out }) => out).join('')
    // eslint-disable-next-line no-control-regex
    return { got: /[\u001B\u0007\u009B]/u.test(text) ? 'the terminal got its escape sequences' : null }
  },
}
