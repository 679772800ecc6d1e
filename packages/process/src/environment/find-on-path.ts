import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'

/**
 * The absolute path of the program that `command` names, or `undefined`.
 *
 * A name without a slash is looked up in the absolute entries of `env.PATH`; empty and relative entries are
 * skipped, because they would run whatever an agent left in the working folder. A name with a slash is taken from `cwd`.
 *
 * @example
 * ```ts
 * findOnPath('git', process.env) // '/usr/bin/git'
 * ```
 */
export function findOnPath(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
  cwd = '/',
): string | undefined {
  if (command === '' || command.includes('\0')) return undefined
  if (command.includes('/')) {
    const file = resolve(cwd, command)
    return isExecutable(file) ? file : undefined
  }
  return onPath(command, env).next().value ?? undefined
}

/**
 * Further programs of that name on PATH, behind the one that {@link findOnPath} finds; links to a program that comes before
 * them are left out.
 */
export function findBehindOnPath(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if (command === '' || command.includes('\0') || command.includes('/')) return []
  const seen = new Set<string>()
  const [, ...others] = [...onPath(command, env)].filter((file) => {
    const real = realpathSync(file)
    return !seen.has(real) && seen.add(real)
  })
  return others
}

function* onPath(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
): Generator<string, undefined> {
  for (const folder of (env['PATH'] ?? '').split(':')) {
    if (!isAbsolute(folder)) continue
    const file = join(folder, command)
    if (isExecutable(file)) yield file
  }
  return undefined
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
