import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const declaration =
  /^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:const|let|function|class|interface|type|enum) ([\w$]+)/u
const reexport = /^export (?:type )?(\{[\s\S]*?\}|\*) from '(\.[^']+)'/gmu

const target = (file, specifier) => join(dirname(file), specifier.replace(/\.js$/u, '.d.ts'))

/**
 * Names of a declaration file that are exported, and whether a TSDoc comment stands above them there.
 *
 * @param {string} file
 * @returns {Map<string, boolean>}
 */
function own(file) {
  const found = new Map()
  let comment = false
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const name = declaration.exec(line)?.[1]
    // Overloads are documented by the first of them.
    if (name !== undefined && line.startsWith('export ')) found.set(name, comment || found.get(name) === true)
    if (line.trim() !== '') comment = line.trimEnd().endsWith('*/')
  }
  return found
}

function exported(file) {
  const found = own(file)
  for (const [, names, specifier] of readFileSync(file, 'utf8').matchAll(reexport)) {
    const inner = exported(target(file, specifier))
    if (names === '*') for (const [name, documented] of inner) found.set(name, documented)
    else {
      for (const item of names.slice(1, -1).split(',')) {
        const [, from, to] = /^\s*(?:type )?([\w$]+)(?: as ([\w$]+))?\s*$/u.exec(item) ?? []
        if (from !== undefined && inner.has(from)) found.set(to ?? from, inner.get(from))
      }
    }
  }
  return found
}

/**
 * What an entry point exports without a word about it.
 *
 * @param {string} entry a `.d.ts` file
 * @returns {string[]}
 */
export function undocumented(entry) {
  return [...exported(entry)].filter(([, documented]) => !documented).map(([name]) => name)
}
