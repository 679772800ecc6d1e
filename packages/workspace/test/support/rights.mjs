// Takes rights away in a worktree, as a user who is not root: root is not stopped by them.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [, , library, top] = process.argv
// Everything is loaded first: others may not be able to read this folder.
const { openWorkspace } = await import(library)
if (process.getuid?.() === 0) {
  process.setgroups([])
  process.setgid(65_534)
  process.setuid(65_534)
}
const repo = join(top, 'repo')
const env = { PATH: process.env.PATH, HOME: top }
const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', ...args], {
    cwd: repo,
    env,
    encoding: 'utf8',
  })
mkdirSync(join(repo, 'dir'), { recursive: true })
writeFileSync(join(repo, 'dir/b.txt'), 'two\n')
writeFileSync(join(repo, 'a.txt'), 'one\n')
git('init', '-q')
git('add', '-A')
git('commit', '-qm', 'first')

const workspace = await openWorkspace(repo, { env })
const { head } = await workspace.facts()
const request = { dir: '.gump/worktrees/run-r1', branch: 'gump/run-r1', commit: head }
const worktree = await workspace.openWorktree(request)
const at = (path) => join(worktree.dir, path)
const describe = { subject: 'x', trailers: {} }

mkdirSync(at('locked'))
writeFileSync(at('locked/file'), '')
chmodSync(at('locked'), 0)
writeFileSync(at('unreadable'), 'x')
chmodSync(at('unreadable'), 0)
chmodSync(at('dir'), 0)
const { files } = await worktree.snapshot({ base: head, ref: 'refs/gump/r1/a/@1.1.1', describe })

chmodSync(at('locked'), 0o500)
chmodSync(at('dir'), 0o500)
await worktree.emptyOut()
writeFileSync(at('.gump/out/x'), '')
chmodSync(at('.gump/out'), 0o500)
await worktree.emptyOut()
await worktree.restore(head, 'reset')
const restored = readdirSync(worktree.dir).toSorted()

mkdirSync(at('again'))
writeFileSync(at('again/file'), '')
chmodSync(at('again'), 0o500)
await workspace.removeRun('r1')
await workspace.close()
const left = readdirSync(join(repo, '.gump/worktrees'))
process.stdout.write(
  JSON.stringify({ files: files.map(({ path, status }) => `${status} ${path}`), restored, left }),
)
