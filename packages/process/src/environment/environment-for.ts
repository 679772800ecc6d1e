import { fixedPath } from './fixed-path.js'
import { matchesAny } from './name-pattern.js'
import { DEFAULT_SECRET_PATTERNS } from './secret-patterns.js'
import { isSecretVariable } from './secret-values.js'

/** The variable by which every process of a container can be recognised; its value is the container's id. */
export const CONTAINER_VARIABLE = 'GUMP_CONTAINER'

/**
 * Variables by which git finds a repository, as git sets them for its hooks, aliases and `rebase --exec`. A program that works in
 * one worktree must not be sent to another by them, nor write to the index of a commit in progress.
 */
const REPOSITORY_VARIABLES: ReadonlySet<string> = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
])

/** Who the environment is for: an agent needs the user's credentials, project code run by a gate does not. */
export type EnvironmentKind = 'agent' | 'gate'

/** Options of {@link environmentFor}. */
export interface EnvironmentOptions {
  /** The container's id, set as `GUMP_CONTAINER`; absent: no marker. */
  readonly container?: string
  /** Globs over variable names (`*` only, any case) that gates do not get. Default: {@link DEFAULT_SECRET_PATTERNS}. */
  readonly secretPatterns?: readonly string[]
  /** Globs over the names of variables that gates get anyway. Default: none. */
  readonly passPatterns?: readonly string[]
}

/**
 * The environment for a program, made from the user's: without Gump's own variables and those that point git to a
 * repository, with the absolute folders of PATH only, and for a gate without those that hold secrets, because code of the
 * project runs there: the names match `secretPatterns`, or the value is a URL with a password. Words that are no secrets,
 * such as `postgres`, do not count.
 *
 * @example
 * ```ts
 * environmentFor('gate', { PATH: '/bin', NPM_TOKEN: 's3cret', GUMP_HOME: '/x' }, { container: 'c1' })
 * // { PATH: '/bin', GUMP_CONTAINER: 'c1' }
 * ```
 */
export function environmentFor(
  kind: EnvironmentKind,
  env: Readonly<Record<string, string | undefined>>,
  options: EnvironmentOptions = {},
): Record<string, string> {
  const { secretPatterns = DEFAULT_SECRET_PATTERNS, passPatterns = [] } = options
  const kept: [string, string][] = []
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || name.toUpperCase().startsWith('GUMP_') || REPOSITORY_VARIABLES.has(name))
      continue
    const isKeptBack = kind === 'gate' && isSecretVariable(name, value, secretPatterns)
    if (!isKeptBack || matchesAny(name, passPatterns))
      kept.push([name, name === 'PATH' ? fixedPath(value) : value])
  }
  if (options.container !== undefined) kept.push([CONTAINER_VARIABLE, options.container])
  return Object.fromEntries(kept)
}
