import { mkdirSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { SandboxPolicy } from '@gump/process'
import type { LaunchEffect } from '@gump/core'
import type { RunContext } from './run-context.js'

/**
 * Who may write where: the user's own checkout and other worktrees are never writable, the worktree only as far as the step
 * may change it. null: no sandbox was asked for. What git needs is added where a program is started, see `startIsolated`.
 */
export function sandboxFor(
  context: RunContext,
  effect: LaunchEffect,
  cwd: string,
  stateDirs: readonly string[],
): Promise<SandboxPolicy | null> {
  const out = join(cwd, '.gump', 'out')
  const scopes = effect.mode === 'read-write' ? writeScopes(context, effect, cwd) : []
  return policy(context, cwd, [...scopes, out, ...stateDirs])
}

/** For what the project itself runs, which may be what an agent has just written: all of the worktree is its own. */
export function projectSandbox(context: RunContext, cwd: string): Promise<SandboxPolicy | null> {
  return policy(context, cwd, [cwd])
}

/** Where package managers keep what they have downloaded; below the home folder. */
const CACHES = [
  '.npm',
  '.cache',
  '.local/share/pnpm',
  '.yarn',
  '.bun',
  '.cargo',
  'go',
  '.m2',
  '.gradle',
  '.nuget',
  '.gem',
  '.bundle',
  '.composer',
]

/**
 * For the set-up of a worktree with files that an agent has changed: installing runs scripts of the project, and these may
 * be the agent's. Package managers write to their caches in every mode.
 */
export function setupSandbox(context: RunContext, cwd: string): Promise<SandboxPolicy | null> {
  const { home } = context.ambient
  return policy(context, cwd, [cwd, ...CACHES.map((folder) => join(home, folder))])
}

/** For git where content filters run in it: what a gate may write, and where git itself writes. */
export function filterSandbox(
  context: RunContext,
  cwd: string,
  writable: readonly string[],
): Promise<SandboxPolicy | null> {
  return policy(context, cwd, [cwd, ...writable])
}

async function policy(
  context: RunContext,
  cwd: string,
  writable: readonly string[],
): Promise<SandboxPolicy | null> {
  const { settings, workspace, ambient } = context
  const { sandbox } = settings
  if (sandbox.mode === 'off') return null
  return {
    mode: sandbox.mode === 'strict' ? 'strict' : 'auto',
    readOnly: [
      context.repoRoot,
      context.commonDir,
      ...(await workspace.workingTrees()),
      ...siblings(context),
      ...ownSettings(ambient.home),
      cwd,
    ],
    writable: [...writable, ...sandbox.writable],
    hide: sandbox.hide,
    sockets: sandbox.sockets ?? [],
    devices: sandbox.devices ?? [],
  }
}

/** The folders that hold the worktrees of other runs and branches; one that holds more than that is left alone. */
function siblings({ worktrees, ambient, repoRoot }: RunContext): readonly string[] {
  return worktrees.folders.filter((folder) => !isBelow(folder, ambient.home) && !isBelow(folder, repoRoot))
}

function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/**
 * The user's configuration of Gump, which could loosen the next run. The folder is made first: what does not exist cannot
 * be protected. A link in it leads to a file that counts as much.
 */
function ownSettings(home: string): readonly string[] {
  const folder = join(home, '.gump')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return [folder, ...readdirSync(folder).map((name) => join(folder, name))]
  } catch {
    // Where it cannot be made here, it cannot be made from inside either.
    return [folder]
  }
}

/** The folders that guards leave open; without such a guard, the whole worktree. */
function writeScopes(
  context: Pick<RunContext, 'guards'>,
  effect: LaunchEffect,
  cwd: string,
): readonly string[] {
  const closed = effect.step.guards.flatMap((spec) => {
    const scope = context.guards.get(spec.guard)?.writeScope?.(spec.value) ?? null
    return scope === null ? [] : [scope.only]
  })
  return closed.length === 0 ? [cwd] : closed.flat().map((folder) => join(cwd, folder))
}
