// One process with one run: says `ready`, waits for stdin to end, then starts a run and makes one step.
import { writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'

const [, , library, repo, run] = process.argv
const { openWorkspace } = await import(library)
process.stdout.write('ready\n')
await text(process.stdin)

const workspace = await openWorkspace(repo, { env: process.env })
await workspace.excludeOwnFolders()
const { head } = await workspace.facts()
const dir = join(repo, `.gump/worktrees/run-${run}`)
const worktree = await workspace.openWorktree({ dir, branch: `gump/run-${run}`, commit: head })
writeFileSync(join(dir, 'step.txt'), `${run}\n`)
const describe = { subject: 'step', trailers: { 'Gump-Run': run } }
const { commit } = await worktree.snapshot({ base: head, ref: `refs/gump/${run}/step/@1.1.1`, describe })
await worktree.promote({ from: head, snapshot: commit, describe })
await workspace.close()
process.stdout.write('done\n')
