import { statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { GumpError } from '@gump/errors'
import type { ProcessSpec } from '../contract.js'
import { findOnPath } from '../environment/find-on-path.js'

/**
 * The absolute path of the program, after checking what would otherwise show as a riddle later: with a wrapper in
 * between, the kernel's ENOENT no longer says what is missing.
 *
 * @throws GumpError GUMP-X001
 */
export function checkSpec(spec: ProcessSpec): string {
  // The id travels as a line of text and as a value in the environment.
  if (spec.container === '' || /[\0\n\r]/.test(spec.container)) {
    throw startFailed(spec, `${JSON.stringify(spec.container)} cannot be the id of a container`)
  }
  if (!isAbsolute(spec.cwd) || !isFolder(spec.cwd)) {
    throw startFailed(spec, `its working folder ${JSON.stringify(spec.cwd)} does not exist`)
  }
  const file = findOnPath(spec.file, spec.env, spec.cwd)
  if (file === undefined) {
    const where = spec.file.includes('/') ? 'there is no such executable file' : 'it is not on PATH'
    throw startFailed(spec, where, { code: 'ENOENT' })
  }
  return file
}

/** The error for a program that did not start. */
export function startFailed(
  spec: ProcessSpec,
  reason: string,
  extra: { readonly code?: string; readonly cause?: unknown } = {},
): GumpError {
  return new GumpError('GUMP-X001', `${spec.file} could not be started: ${reason}`, {
    data: { file: spec.file, cwd: spec.cwd, ...(extra.code === undefined ? {} : { code: extra.code }) },
    remedy:
      extra.code === 'E2BIG'
        ? 'pass long text through stdin or a file: the operating system limits the length of arguments'
        : 'check that it is installed and on PATH',
    cause: extra.cause,
  })
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
