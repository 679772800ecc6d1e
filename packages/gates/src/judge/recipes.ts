/** Target or task → the commands it runs, white space folded. */
export type Recipes = ReadonlyMap<string, readonly string[]>

/** Where tests are declared, rather than run by a recipe of their own. */
export const DECLARED_TESTS = 'the declared tests'

/** The recipes of a build file, as far as its format is known; others have none. */
export function readRecipes(path: string, text: string): Recipes {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/\.(?:am|in)$/.test(name)) return automakeTests(text)
  if (/^(?:GNUmakefile|[Mm]akefile)|\.mk$/.test(name))
    return indented(text, /^([^\s#:=][^:=#]*?)\s*::?(?!=)\s*([^=]*)$/)
  if (/^\.?[Jj]ustfile$/.test(name)) return indented(text, /^@?([\w-]+)(?:\s+[^:=]*)?:(?!=)(.*)$/)
  if (name === 'tox.ini') return toxCommands(text)
  if (/^(?:CMakeLists\.txt|meson\.build)$|\.cmake$/.test(name)) return testCalls(text)
  return new Map()
}

/** Commands are the indented lines below a head, and those behind a semicolon in it. */
function indented(text: string, head: RegExp): Recipes {
  const found = new Map<string, string[]>()
  let targets: readonly string[] = []
  for (const line of text.replaceAll(/\\\n\s*/g, ' ').split('\n')) {
    if (/^\s+\S/.test(line)) {
      if (!/^\s*#/.test(line)) for (const target of targets) found.get(target)?.push(fold(line))
      continue
    }
    const match = head.exec(line)
    if (match === null) {
      if (line.trim() !== '' && !line.startsWith('#')) targets = []
      continue
    }
    targets = (match[1] ?? '').split(/\s+/).filter((target) => target !== '' && !target.startsWith('.'))
    const [needs = '', inline] = (match[2] ?? '').split(';')
    for (const target of targets) {
      const commands = found.get(target) ?? []
      for (const need of needs.split(/\s+/).filter(Boolean)) commands.push(`→ ${need}`)
      if (inline !== undefined) commands.push(fold(inline))
      found.set(target, commands)
    }
  }
  return found
}

function toxCommands(text: string): Recipes {
  const found = new Map<string, string[]>()
  let section = ''
  let inside = false
  for (const line of text.split('\n')) {
    const head = /^\[([^\]]+)\]/.exec(line)
    if (head !== null) {
      section = head[1] ?? ''
      inside = false
      continue
    }
    const entry = /^(commands(?:_pre|_post)?)\s*=\s*(.*)$/.exec(line)
    if (entry !== null) inside = true
    else if (/^\S/.test(line)) inside = false
    const command = fold(entry === null ? line : (entry[2] ?? ''))
    if (inside && command !== '') found.set(section, [...(found.get(section) ?? []), command])
  }
  return found
}

/** Declarations of tests: CMake's `add_test`, `gtest_discover_tests` and Meson's `test`. */
function testCalls(text: string): Recipes {
  const source = text.replaceAll(/#.*$/gm, '')
  const calls = [
    ...source.matchAll(
      /\b(?:add_test|enable_testing|\w+_discover_tests|catch_discover_tests)\s*\([^)]*\)|^\s*(?:test|benchmark)\s*\([^)]*\)/gim,
    ),
  ]
  return calls.length === 0 ? new Map() : new Map([[DECLARED_TESTS, calls.map(([call]) => fold(call))]])
}

/** Automake runs what `TESTS` and similar variables name. */
function automakeTests(text: string): Recipes {
  const lines = text
    .replaceAll(/\\\n\s*/g, ' ')
    .matchAll(/^\s*(?:dist_)?(?:TESTS|check_PROGRAMS|check_SCRIPTS)\s*\+?=\s*(.*)$/gm)
  const named = [...lines].map(([, value = '']) => fold(value)).filter((value) => value !== '')
  return named.length === 0 ? new Map() : new Map([[DECLARED_TESTS, named]])
}

function fold(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** True for commands that cannot fail because of the code: nothing at all, `true`, `echo`, or a failure that is swallowed. */
export function isTrivial(commands: readonly string[]): boolean {
  return commands.every((command) => {
    const text = command.replace(/^[@+-]+\s*/, '')
    if (command.replace(/^[@+]+/, '').startsWith('-')) return true
    if (/(?:\|\||;)\s*(?:true|:|exit 0|echo\b[^;&|]*)$/.test(text)) return true
    return (
      text === '' ||
      /^(?:true|:|exit 0|\$\(MAKE\) --version|python[\d.]* -c (?:""|''|"pass"|'pass'|pass))$/.test(text) ||
      /^(?:echo|printf)\b[^;&|`$]*$/.test(text)
    )
  })
}
