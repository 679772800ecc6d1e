/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'repository',
  tries: 'writes to the user’s terminal through names and texts of workflows, branches and configuration',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    const escape = '\\e]0;owned\\a\\e[2J'
    w.workflow(
      `name: attack\ndescription: "bad ${escape} text"\nsteps:\n  - name: impl\n    agent: "command:${escape}"\n    prompt: "${escape}"\n    "${escape}": 1\n    gate: [{bash: "echo ${escape}; false"}]\n`,
    )
    w.write('gump.toml', `["${'\\u001B'}]0;owned"]\nx = 1\n`)
    w.commit()
    w.tryGit('branch', '-m', 'b\u009B31m')
    w.agent('echo x > x.txt')
    const outputs = []
    for (const args of [
      ['playbook', 'list'],
      ['playbook', 'validate'],
      ['run', 'attack', '--spec', 'spec.md'],
      ['run', 'attack', '--spec', 'spec.md', '--dry-run'],
      ['doctor'],
      ['status'],
      ['config', 'list'],
    ])
      outputs.push((await w.gump(args)).out)
    // eslint-disable-next-line no-control-regex
    return {
      got: /[\u001B\u0007\u009B]/u.test(outputs.join('')) ? 'the terminal got its escape sequences' : null,
    }
  },
}
