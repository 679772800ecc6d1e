import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A real git repository in a temporary folder. */
export interface TemporaryRepository {
  readonly dir: string
  /** Runs git in it and returns what it prints, without the last line break. */
  git(...args: readonly string[]): string
  write(path: string, content: string | Uint8Array, mode?: number): void
  link(path: string, target: string): void
  read(path: string): string
  exists(path: string): boolean
  /** Records everything as a commit and returns it. */
  commit(message?: string): string
  /** Files below a folder with their bytes, links and modes; `.git` left out. Two equal trees give equal values. */
  tree(below?: string): Readonly<Record<string, string>>
  remove(): void
}

/** Nothing of the machine's git configuration reaches a test. */
const environment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A User',
  GIT_AUTHOR_EMAIL: 'user@example.com',
  GIT_COMMITTER_NAME: 'A User',
  GIT_COMMITTER_EMAIL: 'user@example.com',
}

/**
 * Makes a repository with one commit on `main`.
 *
 * @example
 * ```ts
 * const repo = temporaryRepository({ 'src/a.ts': 'export const a = 1\n' })
 * afterEach(() => repo.remove())
 * ```
 */
export function temporaryRepository(
  files: Readonly<Record<string, string>> = { 'README.md': '# A project\n' },
): TemporaryRepository {
  // A folder of its own around it: worktrees go beside a repository where nobody else can write.
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'gump-test-')))
  const dir = join(top, 'project')
  mkdirSync(dir)
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd: dir,
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).replace(/\n$/, '')
  const write = (path: string, content: string | Uint8Array, mode?: number): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), content)
    if (mode !== undefined) chmodSync(join(dir, path), mode)
  }
  git('init', '-q', '-b', 'main')
  git('config', 'user.name', 'A User')
  git('config', 'user.email', 'user@example.com')
  for (const [path, content] of Object.entries(files)) write(path, content)
  const commit = (message = 'change'): string => {
    git('add', '-A')
    git('commit', '-q', '--allow-empty', '-m', message)
    return git('rev-parse', 'HEAD')
  }
  commit('first')
  return {
    dir,
    git,
    write,
    link(path, target) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      symlinkSync(target, join(dir, path))
    },
    read: (path) => readFileSync(join(dir, path), 'utf8'),
    exists: (path) => existsSync(join(dir, path)),
    commit,
    tree: (below = '.') => readTree(join(dir, below)),
    remove: () => rmSync(top, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** Every file below a folder: `mode content`, links as `-> target`. What `skip` names at the top is left out. */
export function readTree(root: string, skip: readonly string[] = ['.git']): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  const visit = (folder: string, prefix: string): void => {
    for (const name of readdirSync(folder).toSorted()) {
      if (prefix === '' && skip.includes(name)) continue
      const path = join(folder, name)
      const info = lstatSync(path)
      if (info.isSymbolicLink()) found[prefix + name] = `-> ${readlinkSync(path)}`
      else if (info.isDirectory()) visit(path, `${prefix}${name}/`)
      else
        found[prefix + name] = `${(info.mode & 0o777).toString(8)} ${readFileSync(path).toString('base64')}`
    }
  }
  visit(root, '')
  return found
}
