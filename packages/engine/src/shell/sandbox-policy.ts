import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SandboxPolicy } from '@gump/process'
import type { LaunchEffect } from '../core/effects.js'
import type { RunContext } from './run-context.js'

/**
 * Who may write where: the user's own checkout is never writable, the worktree only as far as the step may change it.
 * null: no sandbox was asked for.
 */
export function sandboxFor(
  context: RunContext,
  effect: LaunchEffect,
  cwd: string,
  stateDirs: readonly string[],
): SandboxPolicy | null {
  const out = join(cwd, '.gump', 'out')
  const scopes =
    effect.mode === 'read-write' ? [...writeScopes(context, effect, cwd), ...gitFolders(context)] : []
  return policy(context, cwd, [...scopes, out, ...stateDirs])
}

/** For what the project itself runs, which may be what an agent has just written: all of the worktree is its own. */
export function projectSandbox(context: RunContext, cwd: string): SandboxPolicy | null {
  return policy(context, cwd, [cwd, ...gitFolders(context)])
}

function policy(context: RunContext, cwd: string, writable: readonly string[]): SandboxPolicy | null {
  const { sandbox } = context.settings
  if (sandbox.mode === 'off') return null
  return {
    mode: sandbox.mode === 'strict' ? 'strict' : 'auto',
    readOnly: [context.repoRoot, context.commonDir, cwd],
    writable: [...writable, ...sandbox.writable, tmpdir()],
    hide: sandbox.hide,
  }
}

/** What git itself writes to when it works in a worktree. */
function gitFolders({ commonDir }: RunContext): readonly string[] {
  return [join(commonDir, 'worktrees'), join(commonDir, 'objects')]
}

/** The folders that guards leave open; without such a guard, the whole worktree. */
function writeScopes(context: RunContext, effect: LaunchEffect, cwd: string): readonly string[] {
  const closed = effect.step.guards.flatMap((spec) => {
    const scope = context.guards.get(spec.guard)?.writeScope?.(spec.value) ?? null
    return scope === null ? [] : [scope.only]
  })
  return closed.length === 0 ? [cwd] : closed.flat().map((folder) => join(cwd, folder))
}
