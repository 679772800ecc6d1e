import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { GumpError } from '@gump/errors'
import { diskFiles, resolveSetup } from '@gump/gates'
import { findOnPath } from '@gump/process'
import type { Worktree } from '@gump/workspace'
import { bringIn } from './bring-in.js'
import { runShell } from './run-shell.js'
import type { RunContext } from './run-context.js'
import { writeSetUp } from './set-up-record.js'

/**
 * Brings into a fresh worktree what the project needs and git does not carry: files, folders, submodules, dependencies.
 * Returns how long it took in milliseconds, or null when there was nothing to do.
 *
 * @param place - the worktree, and the commit that its files are those of.
 * @param again - what an earlier setup made is gone, ignored files and all.
 * @throws GumpError `GUMP-R004` when a command fails.
 */
export async function setUpWorktree(
  context: RunContext,
  place: SetupPlace,
  signal: AbortSignal,
  { again = false }: { readonly again?: boolean } = {},
): Promise<number | null> {
  const { worktree } = context.settings
  const { worktree: site } = place
  const { dir } = site
  const startedMs = context.ambient.clock.now()
  let brought = false
  for (const path of [...worktree.copy, ...worktree.link]) {
    if (await bringIn(context.repoRoot, dir, path)) brought = true
  }
  const { commands, produces, fingerprint } = await commandsAt(context, place)
  if (!brought && commands.length === 0) return null
  // A pooled worktree keeps ignored files, and with them what an earlier setup has made.
  const done = doneMarks(context, dir, fingerprint)
  if (done.some((mark) => existsSync(mark)) && !again) return null
  await context.workspace.excludeOwnFolders([
    ...worktree.copy,
    ...worktree.link,
    ...produces.map((path) => path.replace(/\/$/, '')),
  ])
  for (const [index, command] of commands.entries()) await runSetup(context, dir, command, index, signal)
  writeSetUp(context.dir, basename(dir), await site.untracked())
  writeFileSync(done[0], '')
  return context.ambient.clock.now() - startedMs
}

/** A worktree that is to be set up. */
export interface SetupPlace {
  readonly worktree: Worktree
  readonly commit: string
}

/** The mark of a set-up that is complete, and what an older version called it. */
function doneMarks({ dir: runDir }: RunContext, dir: string, fingerprint: string): readonly [string, string] {
  const name = basename(dir)
  const folder = join(runDir, 'setup')
  return [join(folder, `${name.replaceAll('.', '-')}-${fingerprint}`), join(folder, `${name}.${fingerprint}`)]
}

interface SetupCommands {
  readonly commands: readonly string[]
  /** What they make, which no commit may take in. */
  readonly produces: readonly string[]
  /** Changes when another setup is due. */
  readonly fingerprint: string
}

const found = new WeakMap<RunContext, Map<string, SetupCommands>>()

/** The branches of a group begin at one commit, and a project is looked through once for all of them. */
async function commandsAt(context: RunContext, place: SetupPlace): Promise<SetupCommands> {
  const { commit } = place
  const known = found.get(context) ?? new Map<string, SetupCommands>()
  found.set(context, known)
  const commands = known.get(commit) ?? (await setupCommands(context, place))
  known.set(commit, commands)
  return commands
}

async function setupCommands(context: RunContext, place: SetupPlace): Promise<SetupCommands> {
  const { worktree } = context.settings
  const { dir } = place.worktree
  // What the user's repository has is there already; git fetches the rest.
  const missing = worktree.submodules ? await place.worktree.missingSubmodules(place.commit) : []
  const submodules = missing.length > 0 ? ['git submodule update --init --recursive'] : []
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
  // Worktrees of a pool are set up side by side.
  const name = `setup.${basename(cwd).split('.')[1] ?? 'run'}.${index + 1}`
  const log = `artifacts/.setup/${name}.log`
  const result = await runShell(context, { name, command, env: {}, cwd, log, signal })
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
