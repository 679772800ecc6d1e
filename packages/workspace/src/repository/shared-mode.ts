import { join } from 'node:path'

import { type GitCall, runGit } from '../git/run-git.js'
import { chmod, readFile, stat } from './small-files.js'

/**
 * Permissions that git gives to what it writes, as `core.sharedRepository` says.
 *
 * Source: git's `setup.c` (`git_config_perm`) and `path.c` (`adjust_shared_perm`).
 */
export interface SharedMode {
  /** The word or number as it is configured. */
  readonly value: string
  /** Permission bits of a file. */
  readonly bits: number
  /** The bits replace those of the umask, rather than being added to them. */
  readonly exact: boolean
}

/** null: the umask decides. The repository's own configuration alone counts, as for git. */
export async function sharedMode(
  commonDir: string,
  env: Readonly<Record<string, string>>,
): Promise<SharedMode | null> {
  const file = join(commonDir, 'config')
  const text = await readFile(file, 'utf8').catch(() => '')
  if (!/sharedrepository/iu.test(text)) return null
  const call: GitCall = { cwd: commonDir, env }
  const args = ['config', '--file', file, '--no-includes', '--get', 'core.sharedRepository']
  const { code, stdout } = await runGit(args, call)
  return code === 0 ? parseSharedMode(stdout.toString('utf8').trim()) : null
}

/** @param value - of `core.sharedRepository`; one that git refuses is left to git to refuse */
export function parseSharedMode(value: string): SharedMode | null {
  const word = value.toLowerCase()
  if (['group', 'true', 'yes', 'on', '1', ''].includes(word)) return { value, bits: 0o660, exact: false }
  if (['all', 'world', 'everybody', '2'].includes(word)) return { value, bits: 0o664, exact: false }
  if (!/^0?[0-7]{3,4}$/u.test(word)) return null
  const bits = Number.parseInt(word, 8)
  return (bits & 0o600) === 0o600 ? { value, bits: bits & 0o666, exact: true } : null
}

/** Gives a file or folder that was just written the permissions that git would have given it. */
export async function shareAsGitDoes(path: string, mode: SharedMode | null): Promise<void> {
  if (mode === null) return
  const stats = await stat(path)
  const now = stats.mode & 0o7777
  const wanted = sharedBits(now, stats.isDirectory(), mode)
  if (wanted !== now) await chmod(path, wanted)
}

/** The permission bits that `now` becomes. */
export function sharedBits(now: number, isFolder: boolean, { bits, exact }: SharedMode): number {
  const writable = (now & 0o200) !== 0
  const executable = (now & 0o100) !== 0
  let given = writable ? bits : bits & ~0o222
  if (executable) given |= (given & 0o444) >> 2
  let wanted = exact ? (now & ~0o777) | given : now | given
  if (isFolder) {
    wanted |= (wanted & 0o444) >> 2
    // What is made in it belongs to the folder's group.
    if ((wanted & 0o060) !== 0) wanted |= 0o2000
  }
  return wanted
}
