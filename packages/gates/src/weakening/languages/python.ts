import { blankSource, type LexicalRules } from '../blank.js'
import { assertionsIn, type TestCase, type TestLanguage } from '../test-case.js'

const rules: LexicalRules = {
  lineComments: ['#'],
  blockComments: [],
  strings: [
    ['"""', '"""'],
    ["'''", "'''"],
    ['"', '"'],
    ["'", "'"],
  ],
}

const ASSERTION =
  /(?:(?<![\w.])assert(?!\w)|self\.(?:assert\w+|fail\w*)\s*\(|pytest\.(?:raises|warns|fail|approx)\s*\(|\.assert_(?:called|not_called|has_calls|any_call|awaited)\w*\s*\()/g

const TRIVIAL = [
  /^assert\s*\(?\s*(?:True|1|not False|not None|"[^"]+"|'[^']+')\s*\)?(?:,.*)?$/,
  /^assert\s+(\S+)\s*(?:==|is)\s*\1$/,
  /^assert .*\bor\s+True\)?$/,
  /^self\.assertTrue\(\s*(?:True|1)\s*\)$/,
  /^self\.assertEqual\(\s*(\S+)\s*,\s*\1\s*\)$/,
]

const SKIP =
  /^\s*@(?:pytest\.mark\.(?:skip|skipif|xfail)|(?:unittest\.)?(?:skip|skipIf|skipUnless|expectedFailure))\b/

/** pytest and unittest. */
export const python: TestLanguage = {
  name: 'Python',
  extensions: ['.py'],
  isTestFile: (path) =>
    /(?:^|\/)(?:test_[^/]*|[^/]*_test|tests?)\.py$/.test(path) || /(?:^|\/)tests?\/.*\.py$/.test(path),
  cases(text) {
    const source = blankSource(text, rules)
    const code = source.code.split('\n')
    const plain = source.withoutComments.split('\n')
    const wholeFileSkipped =
      /^pytestmark\s*=.*\b(?:skip|skipif|xfail)\b/m.test(source.withoutComments) ||
      /^(?:pytest\.skip\(|pytest\.importorskip\(|raise unittest\.SkipTest)/m.test(source.withoutComments) ||
      /^__test__\s*=\s*False/m.test(source.code)
    const found: TestCase[] = []
    const classes: { readonly indent: number; readonly name: string; readonly skipped: boolean }[] = []
    for (const [i, line] of code.entries()) {
      const head = /^(\s*)(?:(class)|(?:async\s+)?def)\s+(\w+)/.exec(line)
      if (head === null) continue
      const [, space = '', isClass, name = ''] = head
      const indent = space.length
      while ((classes.at(-1)?.indent ?? -1) >= indent) classes.pop()
      const decorators = decoratorsAbove(plain, i)
      const skipped = decorators.some((decorator) => SKIP.test(decorator))
      const body = bodyBelow(plain, i, indent)
      if (isClass !== undefined) {
        const off = /^\s*__test__\s*=\s*False/m.test(body)
        classes.push({ indent, name, skipped: skipped || off })
        continue
      }
      if (!name.startsWith('test')) continue
      found.push({
        name: [...classes.map((one) => one.name), name].join('::'),
        line: i + 1,
        skipped:
          skipped ||
          wholeFileSkipped ||
          classes.some((one) => one.skipped) ||
          /(?:^|\n)\s*(?:pytest\.(?:skip|xfail)\(|self\.skipTest\(|raise (?:unittest\.)?SkipTest)/.test(body),
        focused: false,
        cases: parametrised(decorators),
        ...assertionsIn(body, ASSERTION, TRIVIAL),
      })
    }
    return found
  },
}

/** Decorators can take several lines. */
function decoratorsAbove(lines: readonly string[], at: number): readonly string[] {
  const found: string[] = []
  let text = ''
  for (let i = at - 1; i >= 0; i -= 1) {
    const line = lines[i] ?? ''
    if (line.trim() === '') break
    text = `${line}\n${text}`
    if (/^\s*@/.test(line)) {
      found.push(text)
      text = ''
    } else if (/^\s*(?:def|class|async|return|if|for|with|import|from)\b/.test(line)) break
  }
  return found
}

function parametrised(decorators: readonly string[]): number | null {
  const tables = decorators.filter((text) => /^\s*@pytest\.mark\.parametrize\b/.test(text))
  if (tables.length === 0) return null
  return tables.reduce((product, text) => product * Math.max(1, membersOf(text)), 1)
}

function membersOf(table: string): number {
  const inside = table.slice(table.indexOf('[') + 1)
  let depth = 0
  let count = 0
  let fresh = true
  for (const character of inside) {
    if (depth === 0 && character === ']') break
    if (depth === 0 && fresh && /\S/.test(character) && character !== ',') {
      count += 1
      fresh = false
    }
    if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character)) depth -= 1
    else if (character === ',' && depth === 0) fresh = true
  }
  return count
}

function bodyBelow(lines: readonly string[], at: number, indent: number): string {
  const body: string[] = [lines[at] ?? '']
  for (const line of lines.slice(at + 1)) {
    if (line.trim() !== '' && line.search(/\S/) <= indent && !/^\s*[)\]]/.test(line)) break
    body.push(line)
  }
  return body.join('\n')
}
