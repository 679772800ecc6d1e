import { resolve } from 'node:path'

import { GumpError } from '@gump/errors'
import { readGivenFile } from '@gump/schema'

import { repositoryRoot } from '../repository.js'
import { usageError } from '../usage-error.js'

/**
 * Reads `--set name=value`. Everything behind the first `=` is the value, commas and further `=` included; `@FILE` is
 * the text of a file, `@@` a literal `@`.
 */
export async function readInputs(given: readonly string[], cwd: string): Promise<Record<string, string>> {
  const inputs: Record<string, string> = Object.create(null) as Record<string, string>
  for (const item of given) {
    const at = item.indexOf('=')
    const name = item.slice(0, at)
    if (at < 1 || !/^(?=[0-9_./-]*[A-Za-z])[A-Za-z0-9_][A-Za-z0-9_./-]*$/u.test(name)) {
      throw usageError(`--set wants NAME=VALUE, and got "${item}"`, 'run')
    }
    if (Object.hasOwn(inputs, name)) throw usageError(`--set gives "${name}" twice`, 'run')
    inputs[name] = valueOf(item.slice(at + 1), name, cwd)
  }
  return { ...inputs }
}

function valueOf(written: string, name: string, cwd: string): string {
  if (written.startsWith('@@')) return written.slice(1)
  if (!written.startsWith('@')) return written
  const path = written.slice(1)
  const read = readGivenFile(resolve(cwd, path), { root: repositoryRoot(cwd) })
  if ('text' in read) return read.text
  throw new GumpError('GUMP-C005', `the file ${path} for --set ${name} cannot be read: it ${read.problem}`, {
    data: { path, name },
    remedy:
      read.kind === 'escape'
        ? 'Name the file itself, if its text is to be sent to the agents.'
        : 'Check the path; a value that really starts with @ is written @@.',
  })
}
