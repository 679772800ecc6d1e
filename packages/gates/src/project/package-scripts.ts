import { parseJson, stringAt } from './parse-config.js'

/** The scripts of a package.json that really do something. */
export interface PackageScripts {
  /** Text of a script; null for an absent one and for npm's "no test specified". */
  text(name: string): string | null
  /** The first of these names that is a script. */
  first(names: readonly string[]): string | null
  /** Text of a script with the scripts that it calls written out, after its `pre` script. */
  expanded(name: string): string | null
}

/** Shell text that does what an expanded script does: dependencies' programs are on PATH, as package managers have it. */
export function runDirectly(expanded: string): string {
  return `export PATH="$PWD/node_modules/.bin:$PATH"; ${expanded}`
}

const CALL =
  /(?<![\w./@-])(?:(?:npm|pnpm|yarn|bun) run(?: -s| --silent)? |pnpm |yarn )([\w:.-]+)(?=\s*(?:$|[;&|)]))/g
const MAX_DEPTH = 4

export function packageScripts(packageJson: string): PackageScripts {
  const parsed = parseJson(packageJson)
  const text = (name: string): string | null => {
    const script = stringAt(parsed, 'scripts', name)
    return script === null || /no test specified/i.test(script) ? null : script
  }
  const expand = (script: string, depth: number): string =>
    depth >= MAX_DEPTH
      ? script
      : script.replace(CALL, (call, name: string) => {
          const called = text(name)
          if (called === null) return call
          const inner = expand(called, depth + 1)
          return script.trim() === call ? inner : `(${inner})`
        })
  return {
    text,
    first: (names) => names.find((name) => text(name) !== null) ?? null,
    expanded(name) {
      const script = text(name)
      if (script === null) return null
      const pre = text(`pre${name}`)
      const before = pre === null ? '' : `(${expand(pre, 1)}) && `
      return before + expand(script, 0)
    },
  }
}
