import { blankSource, type LexicalRules } from '../blank.js'
import { assertionsIn, type TestCase, type TestLanguage } from '../test-case.js'

const rules: LexicalRules = {
  lineComments: ['#'],
  blockComments: [['\n=begin', '\n=end']],
  strings: [
    ['"', '"'],
    ["'", "'"],
  ],
}

const ASSERTION =
  /(?<![\w.])(?:(?:assert|refute)\w*|expect|is_expected|must_\w+|wont_\w+|flunk)\b|\.(?:should(?:_not)?|must_\w+|wont_\w+)\b/g

const TRIVIAL = [
  /^assert\(?\s*true\s*\)?$/,
  /^expect\(\s*(true|1)\s*\)\.to (?:eq\(?\s*\1\s*\)?|be(?:_truthy| true)?)$/,
  /^assert_equal\(?\s*(\S+),\s*\1\s*\)?$/,
]

const HEAD =
  /^(\s*)(?:(x|f)?(it|specify|example|test|describe|context|feature|scenario|RSpec\.describe|should)\b(?:\s*\(?\s*)(?:(["'])((?:\\.|(?!\4).)*)\4|([\w:]+))?([^\n]*)\bdo\b|(it|specify)\s*\{|def\s+(test_\w+)|(pending|skip|xit)\s+(["'])(.*?)\11)/

/** RSpec, minitest and test-unit. */
export const ruby: TestLanguage = {
  name: 'Ruby',
  extensions: ['.rb'],
  isTestFile: (path) =>
    /(?:^|\/)(?:test_[^/]*|spec_[^/]*|[^/]*_(?:test|spec))\.rb$/.test(path) ||
    /(?:^|\/)(?:spec|test)\/.*\.rb$/.test(path),
  cases(text) {
    const plain = blankSource(text, rules).withoutComments.split('\n')
    const groups: {
      readonly indent: number
      readonly name: string
      readonly skipped: boolean
      readonly focused: boolean
    }[] = []
    const found: TestCase[] = []
    for (const [i, line] of plain.entries()) {
      const head = HEAD.exec(line)
      if (head === null) continue
      const [
        ,
        space = '',
        prefix,
        word,
        ,
        quoted,
        constant,
        rest = '',
        oneLine,
        method,
        pending,
        ,
        pendingName,
      ] = head
      const indent = space.length
      while ((groups.at(-1)?.indent ?? -1) >= indent) groups.pop()
      const name = quoted ?? constant ?? method ?? pendingName ?? (oneLine === undefined ? '' : line.trim())
      const skipped =
        prefix === 'x' ||
        pending !== undefined ||
        /[:,]\s*(?:skip|pending)\b|\b(?:skip|pending):\s*(?!false)/.test(rest)
      const focused = prefix === 'f' || /,\s*:focus\b|\bfocus:\s*true/.test(rest)
      if (word !== undefined && /describe|context|feature/.test(word)) {
        groups.push({ indent, name, skipped, focused })
        continue
      }
      const body = oneLine === undefined ? bodyBelow(plain, i, indent) : line
      found.push({
        name: [...groups.map((group) => group.name), name].join(' > '),
        line: i + 1,
        skipped:
          skipped ||
          groups.some((group) => group.skipped) ||
          /^\s*(?:skip|pending|omit)\b/m.test(body.split('\n').slice(1).join('\n')),
        focused: focused || groups.some((group) => group.focused),
        cases: null,
        ...assertionsIn(body, ASSERTION, TRIVIAL),
      })
    }
    return found
  },
}

function bodyBelow(lines: readonly string[], at: number, indent: number): string {
  const body: string[] = [lines[at] ?? '']
  for (const line of lines.slice(at + 1)) {
    if (line.trim() !== '' && line.search(/\S/) <= indent) break
    body.push(line)
  }
  return body.join('\n')
}
