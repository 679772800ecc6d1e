import { accessSync, constants, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'

/**
 * The absolute path of the program that `command` names, or `undefined`.
 *
 * A name without a slash is looked up in the absolute entries of `env.PATH`; empty and relative entries are passed
 * over, because they would run whatever an agent left in the working folder. A name with a slash is taken from `cwd`.
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
  for (const folder of (env['PATH'] ?? '').split(':')) {
    if (!isAbsolute(folder)) continue
    const file = join(folder, command)
    if (isExecutable(file)) return file
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
