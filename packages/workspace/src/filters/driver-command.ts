import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** The environment variable that tells a driver's shell where its error messages go. */
export const logVariable = 'GUMP_FILTER_LOG'

/**
 * The first word of a shell command, when it names a program and nothing has to be expanded for that; null otherwise.
 */
export function programOf(command: string): string | null {
  const match = /^\s*(?:"([^"$`\\]+)"|'([^']+)'|([^\s"'$`\\;&|<>(){}*?[\]~#=!]+))(?=\s|$)/su.exec(command)
  const word = match?.[1] ?? match?.[2] ?? match?.[3] ?? null
  return word === null || shellWords.has(word) ? null : word
}

/** What a shell does itself, and what begins something longer. */
const shellWords = new Set(
  'if for while until case function { ( ! . : [ test true false cd echo printf read eval exec export set unset exit command type umask wait trap'.split(
    ' ',
  ),
)

/** True for drivers that need nothing of the working tree but the content that they are given. */
export function isSelfContained(command: string): boolean {
  const name = programOf(command)?.replace(/^.*\//u, '')
  return name === 'git-lfs' || name === 'git-crypt' || (name === 'git' && /^\s*\S+\s+lfs\s/u.test(command))
}

/** True when there is such a program: on PATH, at an absolute path, or in `folder`, where relative ones begin. */
export function isRunnable(
  program: string,
  { path, folder }: { readonly path: string; readonly folder: string },
): boolean {
  const places = program.includes('/')
    ? [isAbsolute(program) ? program : join(folder, program)]
    : path.split(delimiter).map((dir) => join(dir, program))
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK)
      return statSync(place).isFile()
    } catch {
      return false
    }
  })
}

/** Where and as what a driver runs. */
export interface DriverPlace {
  /** Its working directory: what it finds there of the repository is the base commit's. */
  readonly folder: string
  /** The `.git` folder that it finds its keys and files in. */
  readonly gitDir: string
  /** The language of the user, which git itself does not get. */
  readonly locale: Readonly<Record<string, string>>
}

/** What Gump sets for git, and a driver must not see: its own git commands are about the user's repository. */
const own = [
  'GIT_ATTR_NOSYSTEM',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_SYSTEM',
  'GIT_INDEX_FILE',
  'GIT_LITERAL_PATHSPECS',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'LC_ALL',
]

/**
 * The command line that git gets instead of the driver's: it runs the same command, in the folder and with the
 * repository that it may know of, and keeps what it says apart from what git says.
 *
 * @param expands - git replaces `%f` in it, and `%%` by one percent sign.
 */
export function wrapCommand(command: string, place: DriverPlace, expands: boolean): string {
  const { folder, gitDir, locale } = place
  const exports = Object.entries({ ...locale, GIT_DIR: gitDir, GIT_WORK_TREE: folder }).map(
    ([name, value]) => `${name}=${shellQuoted(value)}`,
  )
  const before = [
    `cd ${shellQuoted(folder)} || exit 1`,
    `exec 2>>"$${logVariable}"`,
    `unset ${own.join(' ')} ${logVariable}`,
    `export ${exports.join(' ')}`,
    '',
  ].join('\n')
  return `${expands ? before.replaceAll('%', '%%') : before}${command}`
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** Language settings, and what tells Git LFS and git's transports how to reach a server. */
export function localeOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = /^(?:LC_[A-Z]+|LANG|LANGUAGE|GIT_LFS_\w+|GIT_SSH|GIT_SSH_COMMAND|GIT_SSL_\w+)$/u
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => kept.test(entry[0]) && entry[1] !== undefined,
    ),
  )
}
