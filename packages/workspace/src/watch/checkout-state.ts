import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Watched } from '../contract.js'
import { decodePath, splitRecords } from '../git/path-bytes.js'
import { demandGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'
import { fingerprint } from './fingerprint.js'

/** Refs that move without the user: those of runs, and what a fetch brings. */
const others = /^refs\/(?:gump|gump-heads|remotes|prefetch)\/|^refs\/heads\/gump\//u

/** Fields before the path of a line of `git status --porcelain=v2`, by its first letter. */
const fieldsBefore: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1 }

/**
 * Where the user's checkout stands, by value: HEAD, branches and tags, and all files that git calls changed or new, with
 * what is in them. Ignored files are not looked at. Two calls of git, neither of which writes anything.
 */
export async function checkoutState(repository: Repository): Promise<Watched> {
  const { common, user, gitDir, root } = repository
  const status = [
    'status',
    '--porcelain=v2',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--ignore-submodules=dirty',
  ]
  const [head, refs, changed] = await Promise.all([
    readFile(join(gitDir, 'HEAD'), 'latin1').catch(() => ''),
    demandGit(['for-each-ref', '--format=%(objectname) %(refname)'], common),
    demandGit(status, user),
  ])
  const found: [string, string][] = [['HEAD', head.trim()]]
  for (const line of refs.toString('utf8').split('\n')) {
    const [oid = '', ref = ''] = line.split(' ')
    if (ref !== '' && !others.test(ref)) found.push([ref, oid])
  }
  for (const record of splitRecords(changed)) {
    const fields = fieldsBefore[String.fromCharCode(record[0] ?? 0)]
    if (fields === undefined) continue
    let at = 0
    for (let field = 0; field < fields; field += 1) at = record.indexOf(0x20, at) + 1
    const path = record.subarray(at)
    const content = await fingerprint(Buffer.concat([Buffer.from(`${root}/`), path]))
    found.push([decodePath(path), `${record.subarray(0, at).toString('latin1')}${content ?? 'gone'}`])
  }
  return Object.fromEntries(found)
}
