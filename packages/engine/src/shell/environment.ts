import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessLaunch } from '@gump/agents'
import { environmentInside } from '@gump/gates'
import { environmentFor } from '@gump/process'
import { type Checkout, checkoutSpellings } from './checkout-spellings.js'
import type { RunContext } from './run-context.js'

/** What an agent's process sees: the user's environment without Gump's own variables, and what the adapter adds. */
export function agentEnvironment(
  context: RunContext,
  cwd: string,
  { env, credentials = true }: Pick<ProcessLaunch, 'env' | 'credentials'>,
): Record<string, string> {
  return {
    ...(credentials
      ? inside(context, cwd, environmentFor('agent', context.ambient.env))
      : gateEnvironmentIn(context, cwd)),
    ...env,
  }
}

/** What project code sees when it is run by a gate: no secrets but those that the user gives to it. */
export function gateEnvironment({
  ambient,
  settings,
}: Pick<RunContext, 'ambient' | 'settings'>): Record<string, string> {
  const { secretEnv, passEnv } = settings
  return environmentFor('gate', ambient.env, { secretPatterns: secretEnv, passPatterns: passEnv })
}

/** The same in a worktree, with nothing that leads into the user's checkout. */
export function gateEnvironmentIn(context: RunContext, cwd: string): Record<string, string> {
  return {
    ...inside(context, cwd, gateEnvironment(context)),
    // Compiled files beside the sources are not looked at: any program that can write there could make them say anything.
    PYTHONPYCACHEPREFIX: join(context.dir, 'setup', 'pycache'),
  }
}

function inside(
  context: Checkout,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  const moved = environmentInside(env, checkoutSpellings(context), cwd)
  const venv = join(cwd, '.venv')
  if (existsSync(join(venv, 'bin', 'python'))) {
    return { ...moved, VIRTUAL_ENV: venv, PATH: `${join(venv, 'bin')}:${moved['PATH'] ?? ''}` }
  }
  // An environment that the worktree does not have is none.
  const { VIRTUAL_ENV: active, ...rest } = moved
  return active === undefined || existsSync(active) ? moved : rest
}
