import { posix } from 'node:path'
import picomatch from 'picomatch'
import type { GuardDefinition, GuardValue } from '../contract.js'
import { isOutput, OUTPUT_FOLDER, shownPath, writtenPath } from '../written-path.js'

/**
 * Trips when a file is written in the worktree outside the globs (and `.gump/out/`), or in the user's own working tree. Writes
 * elsewhere do not trip, as with `no_write`.
 *
 * Globs are relative to the worktree and match whole paths; one without `/` also matches base names, one that ends with `/` matches
 * what is in that folder.
 */
export const write: GuardDefinition = {
  name: 'write',
  summary: 'trips when a file outside these globs is written',
  value: 'globs',
  create: (value, scope) => {
    const globs = toGlobs(value)
    const limit = globs.join(', ')
    const allowed = globs.map((glob) => picomatch(glob, { dot: true, basename: !glob.includes('/') }))
    return {
      onEvent(event) {
        const written = writtenPath(event, scope)
        if (written === null || written.where === 'elsewhere') return null
        const inside =
          written.where === 'worktree' && (isOutput(written.path) || allowed.some((is) => is(written.path)))
        if (inside) return null
        return {
          guard: 'write',
          reason: `wrote ${shownPath(written.path)}, but may write ${limit} only`,
          limit,
          observed: shownPath(written.path),
        }
      },
    }
  },
  writeScope: (value) => ({ only: [...new Set([OUTPUT_FOLDER, ...toGlobs(value).map(folderOf)])] }),
}

function toGlobs(value: GuardValue): readonly string[] {
  const globs = Array.isArray(value) ? value.map(String) : [String(value)]
  return globs.map((glob) => glob.replace(/^(?:\.\/)+/, '').replace(/\/$/, '/**'))
}

/** The deepest folder that holds everything a glob can match; `.` is the whole worktree. */
function folderOf(glob: string): string {
  if (!glob.includes('/')) return '.'
  const { base, glob: pattern } = picomatch.scan(glob)
  const folder = pattern === '' ? posix.dirname(base) : base
  return folder === '' ? '.' : folder
}
