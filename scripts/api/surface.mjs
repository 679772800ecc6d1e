import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The compiler prints one statement per stretch that starts at column 0, which makes this split exact. */
function statements(file) {
  const text = readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//gu, '')
    .replace(/^\s*\/\/.*$/gmu, '')
  const found = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    if (/^[a-z]/u.test(line)) found.push(line)
    else if (found.length > 0) found[found.length - 1] += `\n${line}`
  }
  return found
}

const declaration =
  /^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:const|let|function|class|interface|type|enum|namespace) ([\w$]+)/u
const reexport = /^export (?:type )?(\{[\s\S]*\}|\*) from '(\.[^']+)'/u

const target = (file, specifier) => join(dirname(file), specifier.replace(/\.js$/u, '.d.ts'))

/**
 * What a declaration file exports: name → text of its declarations, following re-exports inside the package.
 *
 * @param {string} file
 * @returns {Map<string, string[]>}
 */
function exported(file) {
  const found = new Map()
  const add = (name, texts) => found.set(name, [...(found.get(name) ?? []), ...texts])
  for (const statement of statements(file)) {
    const again = reexport.exec(statement)
    if (again !== null) {
      const inner = exported(target(file, again[2]))
      if (again[1] === '*') for (const [name, texts] of inner) add(name, texts)
      else {
        for (const item of again[1].slice(1, -1).split(',')) {
          const [, from, to] = /^\s*(?:type )?([\w$]+)(?: as ([\w$]+))?\s*$/u.exec(item) ?? []
          if (from === undefined) continue
          const name = to ?? from
          add(
            name,
            to === undefined
              ? (inner.get(from) ?? [])
              : [`export { ${from} as ${to} }`, ...(inner.get(from) ?? [])],
          )
        }
      }
      continue
    }
    const name = declaration.exec(statement)?.[1]
    if (name !== undefined) add(name, [statement])
    else if (/^export (?:\{|\*)/u.test(statement) && statement !== 'export {};') add(statement, [statement])
  }
  return found
}

/**
 * The public surface behind one entry point as text: declarations in alphabetical order, without comments, so that it
 * changes when and only when users can notice.
 *
 * @param {string} entry a `.d.ts` file
 * @returns {string}
 */
export function surface(entry) {
  return [...exported(entry)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, texts]) => [...new Set(texts)])
    .join('\n\n')
}
