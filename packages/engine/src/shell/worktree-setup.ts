import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { GumpError } from '@gump/errors'
import type { SetupStep } from '@gump/gates'
import { runWorkspace } from '@gump/core'
import { bringIn } from './bring-in.js'
import { checkoutSpellings } from './checkout-spellings.js'
import type { RunContext } from './run-context.js'
import { setupSandbox } from './sandbox-policy.js'
import { writeSetUp } from './set-up-record.js'
import { runShell } from './run-shell.js'
import { arrangePython } from './setup/arrange-python.js'
import { bringGoWorkspace } from './setup/go-workspace.js'
import { copyFolder } from './setup/copy-folder.js'
import { asksForTheSame } from './setup/same-dependencies.js'
import { rememberInstalled, whatChanged } from './setup/installed-tools.js'
import { installedFolders } from './setup/installed-folders.js'
import { reported } from './setup/progress.js'
import type { SetupPlace } from './setup/setup-place.js'
import { stepsAt } from './setup/setup-steps.js'

/**
 * Brings into a fresh worktree what the project needs and git does not carry: files, folders, submodules, dependencies.
 * Returns how long it took in milliseconds, or null when there was nothing to do.
 *
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
  const { dir } = place.worktree
  const startedMs = context.ambient.clock.now()
  let brought = false
  for (const path of [...worktree.copy, ...worktree.link]) {
    if (await bringIn(context.repoRoot, dir, path)) brought = true
  }
  const { steps, produces, fingerprint } = await stepsAt(context, place)
  // A pooled worktree keeps ignored files, and with them what an earlier setup has made.
  if (isDone(context, dir, fingerprint) && !again) return null
  const auto = worktree.setup === 'auto'
  const withGo = auto && (await bringGoWorkspace(context, dir))
  if (brought || withGo || steps.length > 0) {
    await context.workspace.excludeOwnFolders([
      ...worktree.copy,
      ...worktree.link,
      ...produces.map((path) => path.replace(/\/$/, '')),
      ...(withGo ? ['/go.work', '/go.work.sum'] : []),
    ])
  }
  for (const [index, step] of steps.entries())
    await takeStep(context, place, { step, index, fingerprint }, signal)
  const arranged = auto && (await arrangePython(context, place, signal))
  if (arranged) await context.workspace.excludeOwnFolders(['/.venv'])
  await rememberInstalled(context, { dir, commit: place.commit })
  const changed = await context.watch.lookAfterSetup()
  if (changed.length > 0) context.journal.append(changed)
  const made = brought || withGo || arranged || steps.length > 0
  if (made) writeSetUp(context.dir, basename(dir), await place.worktree.untracked())
  const [done] = doneMarks(context, dir, fingerprint)
  mkdirSync(dirname(done), { recursive: true })
  writeFileSync(done, '')
  return made ? context.ambient.clock.now() - startedMs : null
}

interface StepInPlace {
  readonly step: SetupStep
  readonly index: number
  readonly fingerprint: string
}

/** The worktree of the run, where this one is of a task. */
async function worktreeOfRun(
  context: Pick<RunContext, 'journal' | 'worktrees'>,
  { workspace }: SetupPlace,
): Promise<string | null> {
  const ready = context.journal.state.workspaces.get(runWorkspace)?.ready === true
  if (workspace === runWorkspace || !ready) return null
  return (await context.worktrees.open(runWorkspace)).dir
}

/** Copies what is installed elsewhere already, or installs it. */
async function takeStep(
  context: RunContext,
  place: SetupPlace,
  { step, index, fingerprint }: StepInPlace,
  signal: AbortSignal,
): Promise<void> {
  const { dir } = place.worktree
  const first = await worktreeOfRun(context, place)
  const fromRun =
    first !== null && isDone(context, first, fingerprint) && (await whatChanged(context, first)).length === 0
  if (fromRun && !step.local) return
  if (step.clones !== null) {
    const source = fromRun
      ? first
      : step.pinned || !asksForTheSame(context.repoRoot, dir, step)
        ? null
        : context.repoRoot
    if (source !== null && (await copied(context, place, { ...step, source, fromRun }, signal))) return
  }
  await reported(context, { workspace: place.workspace, what: step.command }, async () => {
    await runSetup(context, place, { command: step.command, index }, signal)
    return { folders: await madeFolders(dir, step) }
  })
}

async function madeFolders(dir: string, { clones, folder }: SetupStep): Promise<string[] | null> {
  if (clones === null) return null
  return (await installedFolders(dir, folder, clones)).map((path) => join(dir, path))
}

/** False when there is nothing to copy. */
async function copied(
  context: RunContext,
  { workspace, worktree: { dir } }: SetupPlace,
  { clones, folder, source, fromRun }: SetupStep & { readonly source: string; readonly fromRun: boolean },
  signal: AbortSignal,
): Promise<boolean> {
  const folders = (await installedFolders(source, folder, clones ?? '')).filter(
    (path) => !existsSync(join(dir, path)) && existsSync(dirname(join(dir, path))),
  )
  if (folders.length === 0) return false
  const what = `copying ${clones ?? ''} of ${fromRun ? "the run's worktree" : 'your checkout'}`
  const from = fromRun ? [source] : checkoutSpellings(context)
  await reported(context, { workspace, what }, async (count) => {
    let shared = true
    for (const path of folders) {
      const method = await copyFolder({
        from: join(source, path),
        to: join(dir, path),
        moved: { from, to: dir },
        signal,
        onBytes: count,
      })
      if (method === 'copy') shared = false
    }
    return { folders: null, how: shared ? 'reflinks, which share their blocks' : 'copies' }
  })
  return true
}

/** The mark of a set-up that is complete, and what an older version called it. */
function doneMarks({ dir: runDir }: RunContext, dir: string, fingerprint: string): readonly [string, string] {
  const name = basename(dir)
  const folder = join(runDir, 'setup')
  return [join(folder, `${name.replaceAll('.', '-')}-${fingerprint}`), join(folder, `${name}.${fingerprint}`)]
}

function isDone(context: RunContext, dir: string, fingerprint: string): boolean {
  return doneMarks(context, dir, fingerprint).some((mark) => existsSync(mark))
}

/** The files that the run began with are the user's; what agents have changed since then is installed in the sandbox. */
async function runSetup(
  context: RunContext,
  { worktree, commit }: SetupPlace,
  { command, index }: { readonly command: string; readonly index: number },
  signal: AbortSignal,
): Promise<void> {
  const cwd = worktree.dir
  const own = commit === context.journal.state.started?.base_commit || command.startsWith('git submodule ')
  const isolation = own ? {} : { sandbox: await setupSandbox(context, cwd), worktree }
  // Worktrees of a pool are set up side by side.
  const name = `setup.${basename(cwd).split('.')[1] ?? 'run'}.${index + 1}`
  const log = `artifacts/.setup/${name}.log`
  const result = await runShell(context, { name, command, env: {}, cwd, log, signal, ...isolation })
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
