import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'repository',
  tries: 'decides where worktrees are made: outside, in `.git`, on top of itself',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.agent('pwd > where.txt')
    const got = []
    for (const dir of [join(w.out, 'there'), '../outside', '.git/hooks', '.', 'src']) {
      w.write('gump.toml', `[gates]\ncompile = "true"\n[worktree]\ndir = ${JSON.stringify(dir)}\n`)
      w.commit()
      const { out } = await w.run()
      const where = w.branches().map((branch) => w.tryGit('show', `${branch}:where.txt`).out)
      if (where.some((path) => path.startsWith(`${join(w.main, dir)}/`) || path.startsWith(`${dir}/`)))
        got.push(dir)
      if (/GUMP-R999/u.test(out)) got.push(`${dir}: a mistake in Gump`)
    }
    if (readdirSync(w.out).length > 0 || w.has(join(w.folder, 'outside'))) got.push('folders outside')
    return { got: got.length === 0 ? null : got.join(', ') }
  },
}
