/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'a prompt holds regular expressions and format strings',
  must: 'held',
  modes: ['auto'],
  users: ['user'],
  async run(w) {
    w.workflow(
      'name: attack\nsteps:\n  - name: impl\n    agent: command:agent\n    prompt: |\n      Dates match ^\\d{4}-\\d{2}$, texts come from "{0} of {1}".format(a, b), {} and {2,}\n',
    )
    w.commit()
    w.agent('cat "$1" > prompt.txt')
    const { code, out } = await w.run()
    const seen = code === 0 ? w.git('show', `${w.branches()[0]}:prompt.txt`) : ''
    return {
      got: seen.includes(String.raw`^\d{4}-\d{2}$, texts come from "{0} of {1}"`) ? null : out.slice(-300),
    }
  },
}
