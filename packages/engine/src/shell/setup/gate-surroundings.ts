import { realpathSync } from 'node:fs'
import {
  diskFiles,
  type ForeignSource,
  foreignSources,
  type GateResult,
  type GateShell,
  probesFor,
} from '@gump/gates'
import { isGumpError, listFirst } from '@gump/errors'
import type { Worktree } from '@gump/workspace'
import type { GateEffect } from '@gump/core'
import { type Checkout, checkoutSpellings } from '../checkout-spellings.js'
import type { RunContext } from '../run-context.js'
import { setUpWorktree } from '../worktree-setup.js'
import { addedFolders, removeInstalled, whatChanged } from './installed-tools.js'

export interface Surroundings {
  readonly effect: GateEffect
  readonly worktree: Worktree
  readonly command: string
  readonly shell: GateShell
}

const looked = new WeakMap<RunContext['worktrees'], Map<string, string>>()

/**
 * Makes sure that a gate judges the attempt's work with the tools of the set-up: tools that were changed are installed
 * again, and the runtimes are asked where the project's own packages come from. Null when all is well; otherwise why the
 * gate says nothing about the attempt.
 */
export async function gateSurroundings(
  context: RunContext,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<GateResult | null> {
  const { effect, worktree } = surroundings
  const { dir } = worktree
  const restored = await restoreTools(context, surroundings, signal)
  if (restored !== null) return restored
  // The gates of an attempt run on the same tree; what was found for the first holds for all of the same kind.
  const known = looked.get(context.worktrees) ?? new Map<string, string>()
  looked.set(context.worktrees, known)
  const key = `${effect.path}\0${effect.round}\0${effect.attempt}\0${effect.subject}`
  const probes = await probesFor(diskFiles(dir), surroundings.command)
  const kinds = probes.map(({ command }) => command).join('\0')
  if (probes.length === 0 || known.get(dir) === key + kinds) return null
  const foreign = await ask(context, surroundings, probes)
  if (foreign.length > 0) return cannotRun(foreign)
  known.set(dir, key + kinds)
  return null
}

async function ask(
  context: Checkout,
  { worktree: { dir }, shell }: Surroundings,
  probes: Awaited<ReturnType<typeof probesFor>>,
): Promise<ForeignSource[]> {
  const foreign: ForeignSource[] = []
  const places = { checkout: checkoutSpellings(context), worktree: [dir, realpathSync(dir)] }
  for (const probe of probes) {
    const { output } = await shell.run({ command: probe.command, env: probe.env })
    foreign.push(...foreignSources(probe, output, places))
  }
  return foreign
}

function cannotRun(foreign: readonly ForeignSource[]): GateResult {
  const [first] = foreign
  const more = foreign.length > 1 ? ` and ${foreign.length - 1} more` : ''
  return {
    status: 'unconfigured',
    reason: `${first?.language ?? ''} would take ${first?.name ?? ''} from ${first?.path ?? ''}${more}, which is not the worktree: the attempt's work would not be judged`,
    remedy:
      'leave [worktree] setup at "auto", or have it install the project into the worktree, then gump run --resume',
  }
}

const searched = new WeakMap<RunContext['worktrees'], Map<string, string>>()

/** Looked for once for all gates of an attempt, which are not what adds them. */
async function addedOnce(
  context: Pick<RunContext, 'dir' | 'settings' | 'workspace' | 'worktrees'>,
  effect: GateEffect,
  dir: string,
): Promise<readonly string[]> {
  const known = searched.get(context.worktrees) ?? new Map<string, string>()
  searched.set(context.worktrees, known)
  const key = `${effect.path}\0${effect.round}\0${effect.attempt}\0${effect.subject}`
  if (known.get(dir) === key) return []
  known.set(dir, key)
  return addedFolders(context, { dir, commit: effect.subject })
}

/** What was changed among the installed tools is installed again, with a warning. */
async function restoreTools(
  context: RunContext,
  { effect, worktree }: Surroundings,
  signal: AbortSignal,
): Promise<GateResult | null> {
  const { dir } = worktree
  const added = await addedOnce(context, effect, dir)
  const changed = [...added, ...(await whatChanged(context, dir))]
  if (changed.length === 0) return null
  context.journal.append([
    {
      type: 'warning',
      step: effect.path,
      message: `what the set-up installed was changed: ${listFirst(changed, 3)}; it is installed again before the gates run`,
    },
  ])
  await removeInstalled(context, dir, added)
  try {
    await setUpWorktree(context, { workspace: effect.workspace, worktree, commit: effect.subject }, signal, {
      again: true,
    })
    return null
  } catch (error) {
    // A manifest and a lockfile that do not agree are the attempt's.
    if (!isGumpError(error) || error.code !== 'GUMP-R004') throw error
    return {
      status: 'fail',
      error: `the project's dependencies cannot be installed from its files\n${error.message}`,
    }
  }
}
