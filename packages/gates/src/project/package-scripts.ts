import { simpleCommands } from '../commands/simple-commands.js'
import { parseJson, stringAt, valueAt } from './parse-config.js'

/** The scripts of a package.json that really do something. */
export interface PackageScripts {
  readonly names: readonly string[]
  /** Text of a script; null for an absent one and for npm's "no test specified". */
  text(name: string): string | null
  /** The first of these names that is a script. */
  first(names: readonly string[]): string | null
  /** Text of a script with the scripts that it calls written out, between its `pre` and `post` scripts. */
  expanded(name: string): string | null
}

/** Shell text that does what an expanded script does: dependencies' programs are on PATH, as package managers have it. */
export function runDirectly(expanded: string): string {
  return `export PATH="$PWD/node_modules/.bin:$PATH"; ${expanded}`
}

const MAX_DEPTH = 5
const SEVERAL = new Set(['run-s', 'run-p', 'npm-run-all', 'npm-run-all2', 'concurrently', 'conc'])
const QUIET = /^(?:-s|--silent|-S|--workspace-root|-w|--if-present|--color|--no-color)$/

export function packageScripts(packageJson: string): PackageScripts {
  const parsed = parseJson(packageJson)
  const scripts = valueAt(parsed, 'scripts')
  const text = (name: string): string | null => {
    const script = stringAt(parsed, 'scripts', name)
    return script === null || /no test specified/i.test(script) ? null : script
  }
  const names =
    typeof scripts === 'object' && scripts !== null
      ? Object.keys(scripts).filter((name) => text(name) !== null)
      : []

  const expand = (script: string, path: readonly string[]): string => {
    if (path.length >= MAX_DEPTH) return script
    let result = script
    for (const { start, end, words, text: whole } of simpleCommands(script).toReversed()) {
      const called = calledScripts(words, names)
      if (called.length === 0 || called.some((name) => path.includes(name))) continue
      const inner = called.map((name) => around(name, [...path, name]))
      const assigned = whole.slice(0, Math.max(0, whole.indexOf(words[0] ?? '')))
      const joined = inner.length === 1 ? (inner[0] ?? '') : inner.map((each) => `(${each})`).join(' && ')
      const alone = whole === script.trim() && assigned === ''
      const written = alone
        ? joined
        : assigned === ''
          ? `(${joined})`
          : `(export ${assigned.trim()}; ${joined})`
      result = result.slice(0, start) + written + result.slice(end)
    }
    return result
  }
  const around = (name: string, path: readonly string[]): string => {
    const [before, after] = [text(`pre${name}`), text(`post${name}`)]
    const middle = expand(text(name) ?? '', path)
    const first = before === null ? '' : `(${expand(before, path)}) && `
    return after === null ? first + middle : `${first}(${middle}) && (${expand(after, path)})`
  }
  return {
    names,
    text,
    first: (wanted) => wanted.find((name) => text(name) !== null) ?? null,
    expanded: (name) => (text(name) === null ? null : around(name, [name])),
  }
}

/** The scripts of this package that a command starts, in order; none when it starts something else as well. */
export function calledScripts(words: readonly string[], names: readonly string[]): string[] {
  const [program = '', ...rest] = words
  if (SEVERAL.has(program)) {
    return rest
      .filter((word) => !word.startsWith('-'))
      .flatMap((word) => matching(word.replace(/^(?:npm|pnpm|yarn|bun):/, '').split(' ')[0] ?? '', names))
  }
  if (program === 'node' && rest[0] === '--run') return matching(rest[1] ?? '', names)
  if (!/^(?:npm|pnpm|yarn|bun)$/.test(program)) return []
  const args = rest.filter((word) => !QUIET.test(word))
  const [verb = '', name = ''] = args
  const ran = /^(?:run|run-script|rum|urn)$/.test(verb)
  const script = ran ? name : verb === 't' || verb === 'tst' ? 'test' : verb
  if (!ran && (program === 'bun' || (program === 'npm' && !/^(?:test|start)$/.test(script)))) return []
  // Arguments for the script would be lost.
  if (args.length > (ran ? 2 : 1)) return []
  return program === 'pnpm' || names.includes(script) ? matching(script, names) : []
}

/** Names that `test:*` (npm-run-all), `/^test:/` (pnpm) or a plain name stands for. */
function matching(pattern: string, names: readonly string[]): string[] {
  if (names.includes(pattern)) return [pattern]
  const regular = /^\/(.+)\/$/.exec(pattern)?.[1]
  if (regular !== undefined) {
    // Only expressions that match at once: this text is the repository's.
    const simple = /^\^?[\w:-]*(?:\([\w:|-]+\))?(?:\.[*+])?\$?$/.test(regular)
    return simple ? names.filter((name) => new RegExp(regular).test(name)) : []
  }
  const stars = pattern.split('*').length - 1
  if (stars === 0 || stars > 4) return []
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^:]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('')
  return names.filter((name) => new RegExp(`^${source}$`).test(name))
}
