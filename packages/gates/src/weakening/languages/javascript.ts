import { afterBracket, blankSource, lineAt, type BlankedSource, type LexicalRules } from '../blank.js'
import { assertionsIn, type TestCase, type TestLanguage } from '../test-case.js'

const rules: LexicalRules = {
  lineComments: ['//'],
  blockComments: [['/*', '*/']],
  strings: [
    ['"', '"'],
    ["'", "'"],
    ['`', '`'],
  ],
  slashLiterals: true,
}

/** The functions of Jest, Vitest, Mocha, Jasmine, node:test, Bun, Deno, AVA and tap, with their modifiers. */
const CALL =
  /(?<![\w$.])(?:t\.)?(x?it|x?test|xspecify|specify|x?describe|x?context|x?suite|fit|fdescribe|Deno\.test)((?:\s*\.\s*[A-Za-z]\w*)*)\s*(?=[(`])/g

const ASSERTION =
  /(?<![\w$])(?:expect(?:TypeOf)?|assert\w*(?:\.\w+)*|t\.(?:is|not|deepEqual|like|true|false|truthy|falsy|throws\w*|notThrows\w*|regex|snapshot|equal|equals|same|strictSame|match|ok|notOk|rejects|resolves|assert)|sinon\.assert\.\w+|should)\s*\(|\.should\b/g

const TRIVIAL = [
  /^expect\(\s*(true|false|null|undefined|\d+|'[^']*'|"[^"]*")\s*\)\.(?:toBe|toEqual|toStrictEqual)\(\s*\1\s*\)$/,
  /^expect\(\s*(?:true|1|'[^']+'|"[^"]+"|\{\}|\[\])\s*\)\.(?:toBeTruthy|toBeDefined|not\.toBeNull|not\.toBeUndefined)\(\)$/,
  /^assert(?:\.ok|\.equal|\.strictEqual)?\(\s*(?:true|1)\s*(?:,\s*(?:true|1)\s*)?(?:,\s*['"][^'"]*['"]\s*)?\)$/,
  /^t\.(?:true|ok|truthy|assert)\(\s*(?:true|1)\s*\)$/,
  /^t\.(?:is|equal|deepEqual)\(\s*(\S+)\s*,\s*\1\s*\)$/,
]

interface Found {
  readonly word: string
  readonly modifiers: string
  readonly from: number
  readonly to: number
  readonly arguments: readonly [from: number, to: number]
  readonly cases: number | null
}

/** JavaScript and TypeScript. */
export const javascript: TestLanguage = {
  name: 'JavaScript',
  extensions: ['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx', '.vue', '.svelte'],
  isTestFile: (path) =>
    /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\/.*\.[cm]?[jt]sx?$/.test(path) ||
    /(?:^|[./_-])(?:test|spec|tests)\.[cm]?[jt]sx?$/.test(path) ||
    /(?:^|\/)test[-_.][^/]*\.[cm]?[jt]sx?$/.test(path),
  cases(text) {
    const source = blankSource(text, rules)
    const calls = [...source.code.matchAll(CALL)].flatMap((match) => read(source, match))
    return calls.filter(isTest(source)).map((call) => testCase(source, call, calls))
  },
}

function read(source: BlankedSource, match: RegExpExecArray): Found[] {
  const [head, word = '', modifiers = ''] = match
  let open = match.index + head.length
  let cases: number | null = null
  // A table of cases, or a condition, comes in brackets of its own before the arguments.
  if (/\.(?:each|for|skipIf|runIf|if|todoIf)\s*$/.test(modifiers)) {
    const tabular = source.code.charAt(open) === '`'
    const end = tabular ? source.code.indexOf('`', open + 1) + 1 : afterBracket(source.code, open)
    if (/\.(?:each|for)\s*$/.test(modifiers))
      cases = tabular
        ? rows(source.text.slice(open + 1, end - 1))
        : members(source.code.slice(open + 1, end - 1))
    const next = /^\s*\(/.exec(source.code.slice(end))
    if (end === 0 || next === null) return []
    open = end + next[0].length - 1
  }
  if (source.code.charAt(open) !== '(') return []
  const to = afterBracket(source.code, open)
  return [{ word, modifiers, from: match.index, to, arguments: [open + 1, to - 1], cases }]
}

/** Lines of a tagged table below its head. */
function rows(table: string): number {
  return Math.max(0, table.split('\n').filter((line) => line.trim() !== '').length - 1)
}

/** Members of the first list in the brackets. */
function members(code: string): number | null {
  const open = code.indexOf('[')
  if (open === -1) return null
  const inside = code.slice(open + 1, afterBracket(code, open) - 1)
  let depth = 0
  let count = /\S/.test(inside) ? 1 : 0
  for (let i = 0; i < inside.length; i += 1) {
    const character = inside.charAt(i)
    if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character)) depth -= 1
    else if (character === ',' && depth === 0 && /\S/.test(inside.slice(i + 1))) count += 1
  }
  return count
}

const isGroup = ({ word }: Found): boolean => /describe|context|suite/.test(word)

/** `pattern.test(value)` is no test: a test has a name and a function, or a name and a word that it is for later. */
function isTest(source: BlankedSource): (call: Found) => boolean {
  return (call) => {
    if (isGroup(call)) return false
    const [from, to] = call.arguments
    const code = source.code.slice(from, to)
    return (
      /=>|\bfunction\b/.test(code) || /\.(?:todo|skip)/.test(call.modifiers) || /^\s*['"`][^,]*$/.test(code)
    )
  }
}

function testCase(source: BlankedSource, call: Found, calls: readonly Found[]): TestCase {
  const around = calls.filter((other) => other !== call && other.from < call.from && other.to >= call.to)
  const path = [...around.filter((other) => isGroup(other) || isTest(source)(other)), call]
  const [from, to] = call.arguments
  const body = source.withoutComments.slice(from, to)
  const options = /^[^{]*,\s*\{[^}]*\}/.exec(source.code.slice(from, to))?.[0] ?? ''
  const skipsItself = /\b(?:t|ctx|context|this|test|it)\.skip\s*\(|(?<![\w.])pending\s*\(\)/.test(
    source.code.slice(from, to),
  )
  return {
    name: path.map((one) => nameOf(source, one)).join(' > '),
    line: lineAt(source.text, call.from),
    skipped:
      skipsItself ||
      /\b(?:skip|todo)\s*:\s*(?!false)/.test(options) ||
      path.some(
        ({ word, modifiers }) =>
          word.startsWith('x') || /\.(?:skip|todo|skipIf|runIf|fails|failing)\b/.test(modifiers),
      ),
    focused:
      /\bonly\s*:\s*true/.test(options) ||
      path.some(({ word, modifiers }) => /^f(?:it|describe)$/.test(word) || /\.only\b/.test(modifiers)),
    cases: call.cases,
    ...assertionsIn(body, ASSERTION, TRIVIAL),
  }
}

function nameOf(source: BlankedSource, { arguments: [from, to] }: Found): string {
  const text = source.text.slice(from, to)
  const literal = /^\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/.exec(text)
  return (literal?.[2] ?? text.slice(0, 80).split(/[,\n]/)[0] ?? '').trim()
}
