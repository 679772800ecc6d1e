import type { LaunchRequest } from '../contract.js'

/** True for a variable that is set to something. */
export function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== ''
}

/** Folders below the user's home directory, absolute; none when the home is unknown. */
export function belowHome(env: LaunchRequest['env'], ...folders: readonly string[]): readonly string[] {
  const home = env['HOME']
  return isSet(home) && home.startsWith('/') ? folders.map((folder) => `${home}/${folder}`) : []
}

/** The folder a variable names, when it is an absolute path. */
export function fromVariable(env: LaunchRequest['env'], name: string): readonly string[] {
  const value = env[name]
  return isSet(value) && value.startsWith('/') ? [value] : []
}
