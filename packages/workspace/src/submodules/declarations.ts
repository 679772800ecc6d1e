import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { decodePath, splitRecords } from '../git/path-bytes.js'
import { runGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'

/** What `.gitmodules` says about one submodule. */
export interface Declaration {
  readonly name: string
  readonly path: string
  readonly url: string | null
}

/** Declarations by path. */
export type Declarations = ReadonlyMap<string, Declaration>

export const declarationsFile = '.gitmodules'

const none: Declarations = new Map()
const largest = 1024 * 1024

/** What the `.gitmodules` of a worktree declares; links are not followed. */
export async function declaredIn(repository: Repository, dir: string): Promise<Declarations> {
  const file = join(dir, declarationsFile)
  const stats = await lstat(file).catch(() => null)
  if (stats?.isFile() !== true || stats.size > largest) return none
  return parse(repository, await readFile(file))
}

/** What the `.gitmodules` of a tree declares. */
export async function declaredAt(repository: Repository, tree: string): Promise<Declarations> {
  const content = await repository.objects.blobAt(tree, declarationsFile)
  return content === null ? none : parse(repository, content)
}

const parsed = new WeakMap<Repository, Map<string, Promise<Declarations>>>()

function parse(repository: Repository, content: Buffer): Promise<Declarations> {
  const known = parsed.get(repository) ?? new Map<string, Promise<Declarations>>()
  parsed.set(repository, known)
  const key = content.toString('latin1')
  const found = known.get(key) ?? read(repository, content)
  if (known.size >= 64) known.clear()
  known.set(key, found)
  return found
}

async function read(repository: Repository, content: Buffer): Promise<Declarations> {
  const keys = String.raw`^submodule\..*\.(path|url)$`
  const args = ['config', '--file', '-', '--no-includes', '-z', '--get-regexp', keys]
  const { stdout } = await runGit(args, { ...(await repository.bare()), input: content })
  const values = new Map<string, { path?: string; url?: string }>()
  for (const record of splitRecords(stdout)) {
    const end = record.indexOf(0x0a)
    const match = /^submodule\.(.*)\.(path|url)$/su.exec(decodePath(record.subarray(0, end)))
    if (match?.[1] === undefined || end === -1) continue
    const value = decodePath(record.subarray(end + 1))
    values.set(match[1], { ...values.get(match[1]), [match[2] ?? '']: value })
  }
  const declarations = new Map<string, Declaration>()
  for (const [name, { path, url }] of values) {
    const place = path?.replace(/\/+$/u, '') ?? ''
    if (isInside(name) && isInside(place)) declarations.set(place, { name, path: place, url: url ?? null })
  }
  return declarations
}

/** Names and paths become paths below a folder, and must not lead out of it; git refuses the same. */
function isInside(path: string): boolean {
  return (
    !path.startsWith('-') &&
    !path.includes('\0') &&
    path.split(/[/\\]/u).every((part) => part !== '..' && part !== '.' && part !== '')
  )
}
