import { lstat, mkdir, open, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { gitFailed } from '../git/git-failure.js'
import { demandGit, runGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'
import { withScratch } from '../repository/scratch.js'

/**
 * Brings a commit and its history from the objects of a git folder that an agent could write to into a store. Nothing of
 * that folder is read but objects: no configuration, no refs, and no alternates. They arrive as a pack that
 * `git index-pack --strict` has checked, and the commit has to be whole.
 *
 * @throws GumpError GUMP-G001 with git's words when the commit is not whole, or not well-formed.
 */
export async function importCommit(store: Repository, gitDir: string, commit: string): Promise<void> {
  const bare = await store.bare()
  const known = (await store.refs.list('refs/')).map(({ oid }) => `^${oid}`)
  const input = `${[commit, ...known].join('\n')}\n`
  await withScratch(store.ownDir, async (scratch) => {
    const objects = join(scratch, 'objects')
    await lendObjects(store, join(gitDir, 'objects'), objects)
    const borrowed = { ...bare, env: { ...bare.env, GIT_OBJECT_DIRECTORY: objects } }
    const pack = await open(join(scratch, 'pack'), 'wx+')
    try {
      const packing = ['pack-objects', '--revs', '--stdout', '--quiet']
      await demandGit(packing, { ...borrowed, input, stdoutFd: pack.fd })
    } finally {
      await pack.close()
    }
    const file = await open(join(scratch, 'pack'), 'r')
    try {
      await demandGit(['index-pack', '--strict', '--stdin'], { ...bare, stdinFd: file.fd })
    } finally {
      await file.close()
    }
  })
  const whole = ['rev-list', '--objects', '--quiet', '--stdin']
  const outcome = await runGit(whole, { ...bare, input })
  if (outcome.code !== 0) throw gitFailed(whole, outcome)
}

/** A folder with the loose objects and packs of one, and the store as its only alternate. */
async function lendObjects(store: Repository, from: string, to: string): Promise<void> {
  await mkdir(join(to, 'info'), { recursive: true })
  await writeFile(join(to, 'info/alternates'), `${join(store.commonDir, 'objects')}\n`)
  if ((await lstat(from).catch(() => null))?.isDirectory() !== true) return
  for (const name of await readdir(from)) {
    const isPart = name === 'pack' || /^[0-9a-f]{2}$/u.test(name)
    if (isPart && (await lstat(join(from, name))).isDirectory())
      await symlink(join(from, name), join(to, name))
  }
}
