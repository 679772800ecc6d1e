import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'repository',
  tries:
    'brings records of runs whose worktree is a folder of the user’s and whose branch is the user’s own; then gc',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    const precious = join(w.home, 'precious')
    w.write(join(precious, 'file.txt'), 'mine\n')
    w.git('branch', 'precious')
    w.agent('echo x > x.txt; exit 1')
    await w.run()
    const folder = w.runFolder()
    const [tree = ''] = w.worktrees()
    const id = folder.split('/').at(-1) ?? ''
    for (const name of readdirSync(folder, { recursive: true }).map(String)) {
      let text
      try {
        text = readFileSync(join(folder, name), 'utf8')
      } catch {
        continue
      }
      const forged = text
        .replaceAll(`gump/run-${id}`, 'precious')
        .replaceAll(tree, precious)
        .replaceAll(/"worktrees":"[^"]*"/gu, `"worktrees":${JSON.stringify(w.home)}`)
      if (forged !== text) w.write(join(folder, name), forged)
    }
    w.write(`.gump/worktrees/run-${id}.txt`, `${precious}\n`)
    for (const args of [
      ['gc', '--keep-last', '0'],
      ['gc', '--older-than', '0d'],
      ['apply'],
      ['run', '--resume'],
    ])
      await w.gump(args, { input: 'y\ny\ny\n' })
    const got = [
      ...(w.has(join(precious, 'file.txt')) ? [] : ['a folder of the user’s is gone']),
      ...(w.tryGit('rev-parse', '-q', '--verify', 'refs/heads/precious').code === 0
        ? []
        : ['a branch of the user’s is gone']),
    ]
    return { got: got.length === 0 ? null : got.join(', ') }
  },
}
