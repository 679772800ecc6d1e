import { join, posix } from 'node:path'

import { GumpError, isSystemError, whileDoing } from '@gump/errors'

import { persist } from './patience.js'
import type { Repository } from './repository.js'
import { type SharedMode, shareAsGitDoes } from './shared-mode.js'
import { writeFileAtomically } from './write-file.js'
import { chmod, mkdir, readFile, realpath, rm, stat } from './small-files.js'

/** Gump's own folders, as patterns for `info/exclude`. */
export const ownPatterns: readonly string[] = ['/.gump/runs/', '/.gump/worktrees/', '/.gump/out/']

/** True for a path inside one of those folders, seen from the top of a worktree. */
export function isOwnPath(path: string): boolean {
  return ownPatterns.some((pattern) => `/${path}`.startsWith(pattern))
}

/** The folder of a worktree through which steps hand over results; never part of a snapshot. */
export const outFolder = '.gump/out'

/**
 * Everything that the user ignores without a tracked `.gitignore` (the global ignore file and `info/exclude`),
 * followed by Gump's own folders.
 */
export async function privateIgnorePatterns(repository: Repository): Promise<string> {
  const files = [await globalIgnoreFile(repository), join(repository.commonDir, 'info/exclude')]
  const texts = await Promise.all(
    files.map((file) => (file === null ? '' : readFile(file, 'utf8').catch(() => ''))),
  )
  return [...texts, ownPatterns.join('\n'), ''].join('\n')
}

async function globalIgnoreFile({ configuration, env }: Repository): Promise<string | null> {
  const configured = await (await configuration.known()).path('core.excludesFile')
  if (configured !== undefined) return configured
  const { XDG_CONFIG_HOME: xdg, HOME: home } = env
  if (xdg !== undefined && xdg !== '') return join(xdg, 'git/ignore')
  return home === undefined || home === '' ? null : join(home, '.config/git/ignore')
}

/**
 * Adds Gump's own folders and the paths of `brought` to the common `info/exclude`, each once and as a line of its own;
 * what is there stays. Safe against other processes that do the same at once.
 *
 * @throws GumpError GUMP-G001 when the file cannot be locked.
 */
export async function excludeOwnFolders(
  { commonDir, perform, shared }: Repository,
  brought: readonly string[] = [],
): Promise<void> {
  const patterns = [...ownPatterns, ...brought.map(patternOf)]
  const info = join(commonDir, 'info')
  const link = join(info, 'exclude')
  const file = await realpath(link).catch(() => link)
  const context = { doing: 'keeping the folders of Gump out of git', path: file }
  if (missingFrom(await whileDoing(context, () => readIfThere(file)), patterns).length === 0) return
  const append = (): Promise<true | null> =>
    perform('exclude', () =>
      whileDoing(context, async () => {
        if ((await mkdir(info, { recursive: true })) !== undefined) await shareAsGitDoes(info, shared)
        return await appendLocked(file, patterns, shared)
      }),
    )
  if ((await persist({ attempts: 12, pauseMs: 20 }, append)) === null) {
    throw new GumpError('GUMP-G001', `${file} is locked by another process`, {
      data: { file: `${file}.lock` },
    })
  }
}

/** The pattern that matches this path below the root and no other, be it a file, a folder or a link. */
function patternOf(path: string): string {
  const plain = posix.normalize(path).replace(/^\/+|\/+$/gu, '')
  if (!/[\n\0]/u.test(path) && plain !== '' && plain !== '.' && !plain.startsWith('..')) {
    return `/${plain.replace(/[\\*?[\]]|\s+$/gu, (text) => text.replace(/./gu, String.raw`\$&`))}`
  }
  throw new GumpError('GUMP-G001', `${JSON.stringify(path)} is no path inside the repository`, {
    data: { path },
  })
}

function missingFrom(text: string, patterns: readonly string[]): readonly string[] {
  const lines = new Set(text.split('\n').map((line) => line.replace(/\r$/u, '')))
  return patterns.filter((pattern) => !lines.has(pattern))
}

/** What cannot be read must not be taken for empty: it would be replaced. */
async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return ''
    throw error
  }
}

/** Null: another process holds the lock. */
async function appendLocked(
  file: string,
  patterns: readonly string[],
  shared: SharedMode | null,
): Promise<true | null> {
  const lock = `${file}.lock`
  try {
    await mkdir(lock)
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EEXIST') throw error
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    // Held for one small write; a holder of this age is gone.
    if (age > 5000) await rm(lock, { recursive: true, force: true })
    return null
  }
  try {
    const text = await readIfThere(file)
    const missing = missingFrom(text, patterns)
    const gap = text === '' || text.endsWith('\n') ? '' : '\n'
    if (missing.length > 0) {
      // The one that was there may have been given other permissions by its owner.
      const mode = await stat(file).then(
        (stats) => stats.mode & 0o777,
        () => undefined,
      )
      await writeFileAtomically(file, `${text}${gap}${missing.join('\n')}\n`)
      if (mode !== undefined) await chmod(file, mode)
      await shareAsGitDoes(file, shared)
    }
  } finally {
    await rm(lock, { recursive: true, force: true })
  }
  return true
}
