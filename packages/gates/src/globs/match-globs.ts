import { GumpError } from '@gump/errors'
import picomatch from 'picomatch'
import { withinTime } from './within-time.js'

/** How {@link matchGlobs} reads globs. */
export interface GlobOptions {
  /** A glob without `/` matches whole paths only, not base names in any folder. */
  readonly wholePath?: boolean
  /** Default 5 000. */
  readonly limitMs?: number
}

type Matcher = (path: string) => boolean

/**
 * The paths that match a list of globs, in their order.
 *
 * Globs are picomatch's: `*` and `?` stay within a folder, `**` crosses folders, `{a,b}`, `[a-z]` and extended globs
 * work, a leading dot needs no special care, and a backslash makes the next character literal. Beyond that:
 *
 * - a glob without `/` also matches base names: `*.sql` finds `db/init.sql`; `/*.sql` is the root folder only;
 * - a glob that ends in `/` means everything below that folder;
 * - a glob that starts with `!` takes away from what the others match, wherever it stands in the list; a list of
 *   nothing but such globs starts from all paths. `!(…)` is an extended glob, `\!` a literal exclamation mark.
 *
 * Paths are compared in Unicode normal form C, so that composed and decomposed letters are equal.
 *
 * @throws GumpError `GUMP-R011` when a glob is not legal or matching takes longer than `limitMs`.
 *
 * @example
 * ```ts
 * matchGlobs(['src/**', '!*.snap'], ['src/a.ts', 'src/x/b.snap', 'README.md']) // ['src/a.ts']
 * ```
 */
export function matchGlobs(
  globs: readonly string[],
  paths: readonly string[],
  options: GlobOptions = {},
): string[] {
  const wanted = globs.map((glob) => glob.trim()).filter((glob) => glob !== '')
  const negative = wanted.filter(isNegative).map((glob) => matcher(glob.slice(1), options))
  const positive = wanted.filter((glob) => !isNegative(glob)).map((glob) => matcher(glob, options))
  if (wanted.length === 0) return []

  const result = withinTime(
    () =>
      paths.filter((path) => {
        const name = path.normalize('NFC')
        const included = positive.length === 0 || positive.some((matches) => matches(name))
        return included && !negative.some((matches) => matches(name))
      }),
    options.limitMs ?? 5000,
  )
  if (result === null) {
    throw new GumpError('GUMP-R011', `matching took too long: ${wanted.join(', ')}`, {
      data: { globs: wanted, paths: paths.length },
      remedy: 'write simpler globs: fewer stars and braces within one name',
    })
  }
  return result.value
}

function isNegative(glob: string): boolean {
  return glob.startsWith('!') && !glob.startsWith('!(') && glob.length > 1
}

function matcher(glob: string, options: GlobOptions): Matcher {
  const rooted = glob.startsWith('/')
  const plain = glob.replace(/^(?:\.?\/)+/, '').normalize('NFC')
  const full = plain === '' || plain.endsWith('/') ? `${plain}**` : plain
  const matches = compile(full)
  if (rooted || full.includes('/') || options.wholePath === true) return matches
  return (path) => matches(path) || matches(path.slice(path.lastIndexOf('/') + 1))
}

function compile(glob: string): Matcher {
  try {
    // `s`: a dot must match the line feeds that file names may hold. `windows: false`: a backslash never separates.
    const matches = picomatch(glob, { dot: true, nonegate: true, windows: false, flags: 's' })
    return (path) => matches(path)
  } catch (error) {
    throw new GumpError('GUMP-R011', `not a legal glob: ${glob.slice(0, 200)}`, {
      data: { glob },
      remedy: 'correct the glob; `**` crosses folders, `*` does not',
      cause: error,
    })
  }
}
