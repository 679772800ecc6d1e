import { createHash } from 'node:crypto'
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { GumpError } from '@gump/errors'
import { diskFiles, resolveSetup } from '@gump/gates'
import { findOnPath } from '@gump/process'
import { runShell } from './run-shell.js'
import type { RunContext } from './run-context.js'

/**
 * Brings into a fresh worktree what the project needs and git does not carry: copies, links, submodules, dependencies.
 * Returns how long it took in milliseconds, or null when there was nothing to do.
 *
 * @throws GumpError `GUMP-R004` when a command fails.
 */
export async function setUpWorktree(
  context: RunContext,
  dir: string,
  signal: AbortSignal,
): Promise<number | null> {
  const { worktree } = context.settings
  const startedMs = context.ambient.clock.now()
  const brought = [
    ...worktree.copy.filter((path) => copyInto(context.repoRoot, dir, path)),
    ...worktree.link.filter((path) => linkInto(context.repoRoot, dir, path)),
  ]
  const { commands, produces, fingerprint } = await setupCommands(context, dir)
  if (brought.length === 0 && commands.length === 0) return null
  // A pooled worktree keeps ignored files, and with them what an earlier setup has made.
  const done = join(context.dir, 'setup', `${basename(dir)}.${fingerprint}`)
  if (existsSync(done)) return null
  await context.workspace.excludeOwnFolders([
    ...worktree.link,
    ...produces.map((path) => path.replace(/\/$/, '')),
  ])
  for (const [index, command] of commands.entries()) await runSetup(context, dir, command, index, signal)
  mkdirSync(dirname(done), { recursive: true })
  writeFileSync(done, '')
  return context.ambient.clock.now() - startedMs
}

interface SetupCommands {
  readonly commands: readonly string[]
  /** What they make, which no commit may take in. */
  readonly produces: readonly string[]
  /** Changes when another setup is due. */
  readonly fingerprint: string
}

async function setupCommands(context: RunContext, dir: string): Promise<SetupCommands> {
  const { worktree } = context.settings
  const submodules = worktree.submodules ? ['git submodule update --init --recursive'] : []
  if (worktree.setup === 'off') return { commands: submodules, produces: [], fingerprint: hash(submodules) }
  if (worktree.setup !== 'auto') {
    const commands = [...submodules, ...worktree.setup]
    return { commands, produces: [], fingerprint: hash(commands) }
  }
  const plan = await resolveSetup({
    files: diskFiles(dir),
    findProgram: (name) => findOnPath(name, context.ambient.env) ?? null,
  })
  const commands = [...submodules, ...(plan?.commands ?? [])]
  const locks = (plan?.lockfiles ?? []).map((path) => readFileSync(join(dir, path), 'utf8'))
  return { commands, produces: plan?.produces ?? [], fingerprint: hash([...commands, ...locks]) }
}

function hash(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16)
}

async function runSetup(
  context: RunContext,
  cwd: string,
  command: string,
  index: number,
  signal: AbortSignal,
): Promise<void> {
  const log = `artifacts/.setup/${index + 1}.log`
  const result = await runShell(context, { name: `setup.${index + 1}`, command, env: {}, cwd, log, signal })
  if (result.exitCode === 0) return
  throw new GumpError(
    'GUMP-R004',
    `the worktree could not be set up: "${command}" failed\n${result.excerpt}`,
    {
      data: { command, exitCode: result.exitCode },
      remedy: 'correct [worktree] setup in gump.toml, or set it to "off", then gump run --resume',
    },
  )
}

/** Untracked files such as `.env`, byte for byte; a path that leaves the repository is refused. */
function copyInto(root: string, dir: string, path: string): boolean {
  const source = insideRoot(root, path)
  if (source === null || existsSync(join(dir, path))) return false
  mkdirSync(dirname(join(dir, path)), { recursive: true })
  cpSync(source, join(dir, path), { recursive: true, verbatimSymlinks: true })
  return true
}

/** A link into the user's folder; what is behind it must not be written to, which the sandbox sees to. */
function linkInto(root: string, dir: string, path: string): boolean {
  const source = insideRoot(root, path)
  if (source === null || isThere(join(dir, path))) return false
  mkdirSync(dirname(join(dir, path)), { recursive: true })
  symlinkSync(source, join(dir, path))
  return true
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function insideRoot(root: string, path: string): string | null {
  const file = resolve(root, path)
  return file.startsWith(root + sep) && existsSync(file) ? file : null
}
