import { afterBracket, blankSource, lineAt, type BlankedSource, type LexicalRules } from '../blank.js'
import { assertionsIn, type TestCase } from '../test-case.js'

/** Comments and strings of most languages with braces. */
export const cStyle: LexicalRules = {
  lineComments: ['//'],
  blockComments: [['/*', '*/']],
  strings: [
    ['"""', '"""'],
    ['"', '"'],
    ["'", "'"],
  ],
}

/** How tests look in a language where a test is a function with a body in braces. */
export interface BracedTests {
  readonly rules: LexicalRules
  /** Matches from the first attribute of a test to the end of its name; the named group `name` has the name. */
  readonly head: RegExp
  readonly assertion: RegExp
  readonly trivial: readonly RegExp[]
  /** In the head, or in the attributes above: it does not run. */
  readonly skippedByHead: RegExp
  /** In the body. */
  readonly skippedByBody: RegExp
  /** In the whole file. */
  readonly skippedByFile?: RegExp
  /** One of these for each case of a table, in the head. */
  readonly caseMark?: RegExp
}

export function bracedCases(text: string, tests: BracedTests): readonly TestCase[] {
  const source = blankSource(text, tests.rules)
  const wholeFile = tests.skippedByFile?.test(text) ?? false
  return [...source.withoutComments.matchAll(tests.head)].flatMap((match) => {
    const name = match.groups?.['name'] ?? match.groups?.['plain'] ?? match.groups?.['pest']
    const open = source.code.indexOf('{', match.index + match[0].length)
    if (name === undefined || open === -1) return []
    return [caseAt(source, tests, { name, from: match.index, head: match[0], open, wholeFile })]
  })
}

interface Place {
  readonly name: string
  readonly from: number
  readonly head: string
  readonly open: number
  readonly wholeFile: boolean
}

function caseAt(source: BlankedSource, tests: BracedTests, place: Place): TestCase {
  const body = source.withoutComments.slice(place.open, afterBracket(source.code, place.open) - 1)
  const marks = tests.caseMark === undefined ? 0 : [...place.head.matchAll(tests.caseMark)].length
  return {
    name: place.name.replaceAll(/^["'`]|["'`]$/g, ''),
    line: lineAt(source.text, place.from + place.head.length),
    skipped: place.wholeFile || tests.skippedByHead.test(place.head) || tests.skippedByBody.test(body),
    focused: false,
    cases: marks === 0 ? null : marks,
    ...assertionsIn(body, tests.assertion, tests.trivial),
  }
}
