import type { ChangedText } from '../weakening/change.js'
import type { JudgeChange } from './judge-changes.js'
import { DECLARED_TESTS, readRecipes } from './recipes.js'

/** Build files → the programs that read them. */
const PROGRAMS: readonly (readonly [file: RegExp, program: RegExp])[] = [
  [/(?:[Mm]akefile(?:\.\w+)?|\.mk)$/, /(?<![\w-])g?make\b/],
  [/[Jj]ustfile$/, /(?<![\w-])just\b/],
  [/tox\.ini$/, /(?<![\w-])tox\b/],
  [/(?:CMakeLists\.txt|\.cmake)$/, /(?<![\w-])(?:ctest|cmake|make|ninja)\b/],
  [/meson\.build$/, /(?<![\w-])(?:meson|ninja)\b/],
]

/**
 * The changes that make a command check nothing: its recipe, or one that it goes through, was emptied.
 *
 * @param files - the files that {@link JudgeChange} tells of, before and after.
 */
export function emptiesCommand(
  command: string,
  changes: readonly JudgeChange[],
  files: readonly ChangedText[],
): readonly JudgeChange[] {
  return changes.filter(({ effect, path, target }) => {
    if (effect !== 'emptied' || target === undefined) return false
    const program = PROGRAMS.find(([file]) => file.test(path))?.[1]
    if (program === undefined || !program.test(command)) return false
    const before = files.find((file) => file.path === path)?.before ?? ''
    return reached(command, readRecipes(path, before)).has(target)
  })
}

/** Targets that a command names, and all that those need or call. Without a name the first one is meant. */
function reached(command: string, recipes: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const named = [...recipes.keys()].filter((target) => wordIn(command, target))
  const first = recipes.keys().next()
  const todo = named.length > 0 ? named : first.done === true ? [] : [first.value]
  // Declared tests have no target of their own.
  const found = new Set<string>(recipes.has(DECLARED_TESTS) ? [DECLARED_TESTS] : [])
  for (let target = todo.pop(); target !== undefined; target = todo.pop()) {
    if (found.has(target)) continue
    found.add(target)
    for (const line of recipes.get(target) ?? [])
      todo.push(
        ...[...recipes.keys()].filter((other) =>
          line.startsWith('→ ')
            ? line === `→ ${other}`
            : /\bmake\b|\$\(MAKE\)|\bjust\b/i.test(line) && wordIn(line, other),
        ),
      )
  }
  return found
}

function wordIn(text: string, word: string): boolean {
  return text.split(/[\s;&|()]+/).includes(word)
}
