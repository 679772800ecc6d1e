import { symlinkSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'repository',
  tries: 'has a workflow, a prompt file, a validator and a context file that are links to a private key',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    const key = w.write(join(w.home, '.ssh/id_test'), 'PRIVATE-KEY\n')
    w.write('.gump/validators/.keep', '')
    w.write('docs/.keep', '')
    for (const name of [
      '.gump/workflows/key.yaml',
      '.gump/workflows/prompt.md',
      '.gump/validators/judge.yaml',
      'docs/context.md',
    ])
      symlinkSync(key, join(w.main, name))
    w.commit()
    w.agent('cat "$1" > prompt.txt')
    const outputs = []
    for (const text of [
      'name: attack\nsteps:\n  - {name: impl, agent: "command:agent", prompt: {file: prompt.md}}\n',
      'name: attack\nsteps:\n  - {name: impl, agent: "command:agent", prompt: x, context: [{file: docs/context.md}]}\n',
      'name: attack\nsteps:\n  - {name: impl, agent: "command:agent", prompt: x, context: [{file: ../home/.ssh/id_test}]}\n',
      'name: attack\nsteps:\n  - {name: impl, agent: "command:agent", prompt: x, gate: [{validate: validators/judge}]}\n',
    ]) {
      w.workflow(text)
      w.commit()
      outputs.push((await w.run()).out)
    }
    for (const args of [
      ['playbook', 'list'],
      ['playbook', 'show', 'key'],
      ['playbook', 'validate', 'key'],
      ['run', 'key', '--spec', 'spec.md'],
    ])
      outputs.push((await w.gump(args)).out)
    const seen =
      outputs.join('') +
      w
        .branches()
        .map((branch) => w.tryGit('show', `${branch}:prompt.txt`).out)
        .join('')
    return { got: seen.includes('PRIVATE-KEY') ? 'the key was read' : null }
  },
}
