import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const found = new Map<string, string>()

/**
 * The git that a PATH leads to, with its folder. A child process that has to search the PATH itself tries every folder
 * in turn while the parent stands still. Plain `git` when there is none, so that the system says so.
 */
export function gitProgram({ PATH: path = '' }: Readonly<Record<string, string>>): string {
  const known = found.get(path)
  if (known !== undefined && isProgram(known)) return known
  const program = path
    .split(delimiter)
    .map((folder) => join(folder, 'git'))
    .find((file) => isProgram(file))
  if (program === undefined) return 'git'
  found.set(path, program)
  return program
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
