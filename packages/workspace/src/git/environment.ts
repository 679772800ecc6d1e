import { fixedPath } from './fixed-path.js'

/** The null device; git for Windows understands this spelling too. */
export const nowhere = '/dev/null'

/** One configuration value that wins over every configuration file. */
export type Setting = readonly [key: string, value: string]

/**
 * The environment that git starts from: the given one without anything that steers git or its language, so that the
 * caller's `GIT_DIR`, `GIT_INDEX_FILE`, `GIT_EXTERNAL_DIFF`, `GIT_CONFIG_*` or locale cannot reach it.
 */
export function cleanEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const clean: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || /^(?:GIT_|LC_|LANG$|LANGUAGE$|EMAIL$)/iu.test(name)) continue
    clean[name] = name === 'PATH' ? fixedPath(value) : value
  }
  return {
    ...clean,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: ':',
    GIT_PAGER: 'cat',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
  }
}

/** Leaves out the configuration and attributes of the machine and of the user. */
export const withoutUserConfiguration: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_SYSTEM: nowhere,
  GIT_CONFIG_GLOBAL: nowhere,
  GIT_ATTR_NOSYSTEM: '1',
}

/** Environment form of `git -c key=value …`. */
export function settingsEnvironment(settings: readonly Setting[]): Record<string, string> {
  const env: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) }
  for (const [index, [key, value]] of settings.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key
    env[`GIT_CONFIG_VALUE_${index}`] = value
  }
  return env
}

/** {@link settingsEnvironment} for settings behind those that an environment has already. */
export function moreSettings(
  env: Readonly<Record<string, string>>,
  settings: readonly Setting[],
): Record<string, string> {
  const there = Number(env['GIT_CONFIG_COUNT'] ?? 0)
  const before = Array.from({ length: there }, (_, index): Setting => [
    env[`GIT_CONFIG_KEY_${index}`] ?? '',
    env[`GIT_CONFIG_VALUE_${index}`] ?? '',
  ])
  return settingsEnvironment([...before, ...settings])
}

/** Author and committer of reflog lines and of commits that git itself writes. */
export function identityEnvironment(identity: {
  readonly name: string
  readonly email: string
}): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: identity.name,
    GIT_AUTHOR_EMAIL: identity.email,
    GIT_COMMITTER_NAME: identity.name,
    GIT_COMMITTER_EMAIL: identity.email,
  }
}
