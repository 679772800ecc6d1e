import { createHash } from 'node:crypto'
import { relative, resolve } from 'node:path'
import { GumpError } from '@gump/errors'
import { readGivenFile } from '@gump/schema'
import type { RunInputs } from '../shell/run-inputs.js'

/**
 * Reads the spec; it may be untracked and anywhere, but no link of the repository may lead to it. Its path is kept
 * relative to the repository.
 *
 * @throws GumpError `GUMP-P007` for anything but a regular text file of at most 1 MiB.
 */
export function readSpec(root: string, cwd: string, path: string | undefined): RunInputs['spec'] {
  if (path === undefined) return null
  const file = resolve(cwd, path)
  const read = readGivenFile(file, { root })
  if ('text' in read) return { path: relative(root, file), text: read.text }
  throw new GumpError('GUMP-P007', `the spec ${path} cannot be read: it ${read.problem}`, {
    data: { path },
    remedy:
      read.kind === 'escape'
        ? 'name the file itself, if its text is to be sent to the agents'
        : 'check the path given with --spec',
  })
}

/** The spec as the ledger names it. */
export function recordedSpec(
  spec: RunInputs['spec'],
): { readonly path: string; readonly sha256: string } | null {
  if (spec === null) return null
  return { path: spec.path, sha256: createHash('sha256').update(spec.text).digest('hex') }
}
