import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'reads what `sandbox.hide` names',
  must: { strict: 'held', auto: 'held', off: 'limit', bare: 'limit' },
  limit: 'Without a sandbox `sandbox.hide` hides nothing.',
  async run(w) {
    w.write(join(w.home, '.ssh/id_test'), 'PRIVATE-KEY\n')
    w.config('[sandbox]\nhide = ["~/.ssh"]')
    w.agent(
      'cat "$HOME/.ssh/id_test" > got.txt 2>/dev/null; cat "/proc/1/root$HOME/.ssh/id_test" >> got.txt 2>/dev/null; touch got.txt',
    )
    await w.run()
    const got = w.git('show', `${w.branches()[0]}:got.txt`)
    return { got: got === '' ? null : got }
  },
}
