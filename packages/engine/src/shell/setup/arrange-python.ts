import { basename, join } from 'node:path'
import { existsSync } from 'node:fs'
import { diskFiles, pythonSetup } from '@gump/gates'
import { findOnPath } from '@gump/process'
import { checkoutSpellings } from '../checkout-spellings.js'
import type { RunContext } from '../run-context.js'
import { runShell } from '../run-shell.js'
import type { SetupPlace } from './setup-place.js'

/**
 * Gives the worktree a virtual environment in which the project's own packages are those of the worktree. False when the
 * environment that the user works in leads nowhere else, and so is good as it is.
 */
export async function arrangePython(
  context: RunContext,
  { workspace, worktree: { dir } }: SetupPlace,
  signal: AbortSignal,
): Promise<boolean> {
  if (existsSync(join(dir, '.venv'))) return false
  const python = userPython(context)
  if (python === null) return false
  const setup = await pythonSetup(diskFiles(dir), {
    python,
    checkout: checkoutSpellings(context),
    worktree: dir,
  })
  if (setup === null) return false
  const name = `setup.${basename(dir).split('.')[1] ?? 'run'}.python`
  const log = `artifacts/.setup/${name}.log`
  const { clock } = context.ambient
  const startedMs = clock.now()
  const result = await runShell(context, { name, ...setup, cwd: dir, log, signal })
  const arranged = result.exitCode === 0 && /^arranged: /m.test(result.output)
  // Most environments need nothing, of which nobody needs to hear.
  if (arranged) {
    const what = 'a Python environment for the worktree (.venv)'
    const elapsed = { elapsed_ms: clock.now() - startedMs, done: true }
    context.journal.append([{ type: 'setup_progress', workspace, what, ...elapsed }])
  }
  return arranged
}

/** The interpreter that the user's own commands would find. */
function userPython(context: Pick<RunContext, 'ambient' | 'repoRoot'>): string | null {
  const { repoRoot } = context
  const active = context.ambient.env['VIRTUAL_ENV']
  const places = [join(repoRoot, '.venv'), join(repoRoot, 'venv'), ...(active === undefined ? [] : [active])]
  for (const place of active === undefined ? places : [active, ...places]) {
    const python = join(place, 'bin', 'python')
    if (existsSync(python)) return python
  }
  return findOnPath('python3', context.ambient.env) ?? findOnPath('python', context.ambient.env) ?? null
}
