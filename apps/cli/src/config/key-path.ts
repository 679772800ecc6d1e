import { configKeys, type ConfigKey } from './keys.js'

/** A path such as `pricing."gpt-5.1".input` in its parts. */
export type KeyPath = readonly string[]

/** Writes a path as TOML does: parts that are no bare keys are quoted. */
export function formatKeyPath(path: KeyPath): string {
  return path.map((part) => (/^[A-Za-z0-9_-]+$/u.test(part) ? part : JSON.stringify(part))).join('.')
}

/** Reads a dotted path as TOML writes it; undefined when it is none. */
export function parseKeyPath(written: string): KeyPath | undefined {
  const parts: string[] = []
  const pattern = /\s*(?:([A-Za-z0-9_-]+)|"((?:[^"\\]|\\.)*)"|'([^']*)')\s*(\.|$)/uy
  let at = 0
  while (at < written.length) {
    pattern.lastIndex = at
    const match = pattern.exec(written)
    if (match === null) return undefined
    parts.push(match[1] ?? match[3] ?? unquote(match[2] ?? ''))
    at = pattern.lastIndex
    if (match[4] === '.' && at === written.length) return undefined
  }
  return parts.length > 0 ? parts : undefined
}

/** The key that a path names: exact names win over `*`. */
export function findKey(path: KeyPath): ConfigKey | undefined {
  const fits = (key: ConfigKey) => {
    const pattern = key.path.split('.')
    return pattern.length === path.length && pattern.every((part, i) => part === '*' || part === path[i])
  }
  return configKeys.filter(fits).toSorted((a, b) => stars(a) - stars(b))[0]
}

/** True when some key lies below this path, so that it may be a table. */
export function isTable(path: KeyPath): boolean {
  return configKeys.some((key) => {
    const pattern = key.path.split('.')
    return pattern.length > path.length && path.every((part, i) => pattern[i] === '*' || pattern[i] === part)
  })
}

/** Names that would be legal at the place of the last part of `path`. */
export function siblings(path: KeyPath): readonly string[] {
  const above = path.slice(0, -1)
  const names = configKeys
    .map((key) => key.path.split('.'))
    .filter((pattern) => above.every((part, i) => pattern[i] === '*' || pattern[i] === part))
    .map((pattern) => pattern[above.length])
  return [...new Set(names)].filter((name): name is string => name !== undefined && name !== '*')
}

/** The path with quotes around a name that has dots, where that is what makes a key, or a table, of it. */
export function withQuotedName(path: KeyPath, names: 'key' | 'table'): KeyPath | undefined {
  for (const pattern of configKeys.map((key) => key.path.split('.'))) {
    const star = pattern.indexOf('*')
    if (star === -1 || pattern.some((part, i) => i < star && part !== path[i])) continue
    for (let end = path.length; end > star + 1; end -= 1) {
      const quoted = [...path.slice(0, star), path.slice(star, end).join('.'), ...path.slice(end)]
      if (names === 'key' ? findKey(quoted) !== undefined : isTable(quoted)) return quoted
    }
  }
  return undefined
}

function stars(key: ConfigKey): number {
  return key.path.split('*').length
}

function unquote(inner: string): string {
  try {
    return String(JSON.parse(`"${inner}"`))
  } catch {
    return inner
  }
}
