/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'prunes what the user could still have got back from the reflog',
  must: { strict: 'held', auto: 'held', off: 'limit' },
  limit: 'Without a sandbox nothing keeps an agent from the objects of the repository.',
  async run(w) {
    const id = w.git('hash-object', '-w', 'spec.md')
    const lost = w.write('precious.txt', 'only here\n')
    const kept = w.git('hash-object', '-w', lost)
    w.tryGit('rm', '-q', '--cached', 'precious.txt')
    w.agent(
      'git reflog expire --expire=now --all; git repack -adq; git prune --expire=now; git gc -q --prune=now; echo x > x.txt',
    )
    await w.run(['--allow-dirty'])
    return {
      got:
        id !== '' && w.tryGit('cat-file', '-e', kept).code === 0
          ? null
          : 'an object that nothing refers to is gone',
    }
  },
}
