import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { getSystemErrorMap } from 'node:util'
import { GumpError } from '@gump/errors'
import type { RunInputs } from '../shell/run-inputs.js'

const maxBytes = 4 * 1024 * 1024

/** Reads the spec; it may be untracked and anywhere. Its path is kept relative to the repository. */
export async function readSpec(
  root: string,
  cwd: string,
  path: string | undefined,
): Promise<RunInputs['spec']> {
  if (path === undefined) return null
  const file = resolve(cwd, path)
  const refuse = (why: string, cause?: unknown): GumpError =>
    new GumpError('GUMP-P007', `the spec ${path} can not be read: ${why}`, {
      data: { path },
      remedy: 'check the path given with --spec',
      cause,
    })
  const bytes = await readFile(file).catch((error: unknown) => {
    throw refuse(reasonOf(error), error)
  })
  if (bytes.length > maxBytes) throw refuse(`it is larger than 4 MiB (${bytes.length} bytes)`)
  return { path: relative(root, file), text: bytes.toString('utf8') }
}

/** `no such file or directory`, as every program says it. */
function reasonOf(error: unknown): string {
  const errno = error instanceof Error && 'errno' in error ? Number(error.errno) : 0
  return getSystemErrorMap().get(errno)?.[1] ?? 'it is not a file'
}

/** The spec as the ledger names it. */
export function recordedSpec(
  spec: RunInputs['spec'],
): { readonly path: string; readonly sha256: string } | null {
  if (spec === null) return null
  return { path: spec.path, sha256: createHash('sha256').update(spec.text).digest('hex') }
}
