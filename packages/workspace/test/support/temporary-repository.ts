import { execFileSync } from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { onTestFinished } from 'vitest'

import {
  type CommitDescription,
  type GitWorkspace,
  openWorkspace,
  type WorkspaceOptions,
  type Worktree,
} from '../../src/index.js'

/** A real repository with one commit, in a temporary folder that goes away with the test. */
export interface TemporaryRepository {
  readonly dir: string
  readonly home: string
  /** The environment of a user without any git configuration. */
  readonly env: Record<string, string>
  /** Runs git as the user would; returns stdout. */
  git(...args: string[]): string
  gitIn(dir: string, ...args: string[]): string
  write(path: string, content: string | Uint8Array): void
  commitAll(message: string): string
  open(options?: Partial<WorkspaceOptions>): Promise<GitWorkspace>
}

/** A worktree of a run at the repository's HEAD. */
export async function openRun(
  workspace: GitWorkspace,
  run = 'r1',
): Promise<{ readonly head: string; readonly worktree: Worktree }> {
  const { head } = await workspace.facts()
  const request = { dir: `.gump/worktrees/run-${run}`, branch: `gump/run-${run}`, commit: head }
  return { head, worktree: await workspace.openWorktree(request) }
}

/** A description with the trailers that matter to the workspace. */
export function describing(subject: string, run = 'r1', status = 'unverified'): CommitDescription {
  return { subject, trailers: { 'Gump-Run': run, 'Gump-Status': status } }
}

/** Every file below a folder but `.git`, as `mode bytes`, by path in Latin-1. */
export function filesOf(dir: string): Record<string, string> {
  const found: Record<string, string> = {}
  const walk = (folder: Buffer, prefix: string): void => {
    for (const name of readdirSync(folder, { encoding: 'buffer' })) {
      const text = name.toString('latin1')
      if (prefix === '' && (text === '.git' || text === '.gump')) continue
      const path = Buffer.concat([folder, Buffer.from('/'), name])
      const stats = lstatSync(path)
      if (stats.isDirectory()) walk(path, `${prefix}${text}/`)
      else if (stats.isSymbolicLink())
        found[prefix + text] = `link ${readlinkSync(path, { encoding: 'latin1' })}`
      else
        found[prefix + text] =
          `${(stats.mode & 0o100) === 0 ? 'file' : 'exec'} ${readFileSync(path, 'latin1')}`
    }
  }
  walk(Buffer.from(dir), '')
  return found
}

export function temporaryFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'gump-workspace-')))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const identity = ['-c', 'user.name=Tess', '-c', 'user.email=tess@example.org']

export function temporaryRepository(
  files: Readonly<Record<string, string | Uint8Array>> = { 'README.md': '# Sample\n' },
  init: readonly string[] = [],
): TemporaryRepository {
  const top = temporaryFolder()
  const home = join(top, 'home')
  const dir = join(top, 'repo')
  mkdirSync(home)
  mkdirSync(dir)
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1' }
  const gitIn = (cwd: string, ...args: string[]): string =>
    execFileSync('git', [...identity, ...args], {
      cwd,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const git = (...args: string[]): string => gitIn(dir, ...args)
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), content)
  }
  const commitAll = (message: string): string => {
    git('add', '-A')
    git('commit', '-q', '--allow-empty', '-m', message)
    return git('rev-parse', 'HEAD').trim()
  }
  git('init', '-q', '-b', 'main', ...init)
  for (const [path, content] of Object.entries(files)) write(path, content)
  commitAll('first')
  const open = async (options: Partial<WorkspaceOptions> = {}): Promise<GitWorkspace> => {
    const workspace = await openWorkspace(dir, { env, ...options })
    onTestFinished(() => workspace.close())
    return workspace
  }
  return { dir, home, env, git, gitIn, write, commitAll, open }
}
