import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'repository',
  tries:
    'has a file system monitor, hooks, a pager, an editor and aliases in its own configuration, for commands that only look',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    const evil = w.write(
      join(w.main, '.git/evil.sh'),
      `#!/bin/sh\ntouch ${w.out}/ran\ncat 2>/dev/null\n`,
      0o755,
    )
    for (const hook of [
      'post-checkout',
      'post-index-change',
      'reference-transaction',
      'pre-commit',
      'post-merge',
      'pre-merge-commit',
      'prepare-commit-msg',
    ])
      w.write(`.git/hooks/${hook}`, w.read(evil), 0o755)
    w.agent('echo x > x.txt')
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'core.editor',
      'diff.external',
      'core.sshCommand',
      'gpg.program',
      'interactive.diffFilter',
      'sequence.editor',
      'core.askPass',
      'credential.helper',
    ])
      w.git('config', key, key === 'credential.helper' ? `!${evil}` : evil)
    await w.start('rm', ['-f', join(w.out, 'ran')]).ended
    const got = []
    for (const args of [
      ['doctor'],
      ['status'],
      ['runs'],
      ['run', 'attack', '--spec', 'spec.md', '--dry-run'],
      ['run', 'attack', '--spec', 'spec.md'],
      ['report'],
      ['blame', 'src/a.ts'],
      ['gc', '--dry-run'],
      ['playbook', 'list'],
      ['config', 'list'],
    ]) {
      await w.gump(args)
      if (w.has(join(w.out, 'ran'))) got.push(args.join(' '))
      await w.start('rm', ['-f', join(w.out, 'ran')]).ended
    }
    return { got: got.length === 0 ? null : `gump ${got.join(', gump ')}` }
  },
}
