/** One test as its source text tells it. */
export interface TestCase {
  /** With the names of the groups around it: `sum > adds`. */
  readonly name: string
  readonly line: number
  /** Itself or a group around it, also where a condition decides. */
  readonly skipped: boolean
  /** Keeps other tests from running. */
  readonly focused: boolean
  /** The statements that can fail, white space folded; those that always hold are left out. */
  readonly assertions: readonly string[]
  /** It ends before its first assertion. */
  readonly endsEarly: boolean
  /** It catches errors, those of its assertions perhaps included. */
  readonly catches: boolean
  /** Members of its table of cases, where it has one. */
  readonly cases: number | null
}

/** How tests of one language look: one language, one file. */
export interface TestLanguage {
  readonly name: string
  /** Extensions of its source files, with the dot. */
  readonly extensions: readonly string[]
  /** True for a path (any separator is `/`) that holds tests by the habits of the language. */
  isTestFile(path: string): boolean
  /** True when source files may hold tests, too, as in Rust. */
  readonly testsInSources?: boolean
  cases(text: string): readonly TestCase[]
}

/** What a test's body asserts. */
export interface Assertions {
  readonly assertions: readonly string[]
  readonly endsEarly: boolean
  readonly catches: boolean
}

/**
 * Finds the assertions of a body.
 *
 * @param body - without comments.
 * @param start - finds where an assertion begins; global.
 * @param trivial - assertions that hold whatever the code does.
 */
export function assertionsIn(body: string, start: RegExp, trivial: readonly RegExp[]): Assertions {
  const found = [...body.matchAll(start)]
  const positions = found.map((match) => match.index)
  const texts = positions.map((from, i) => {
    const next = positions[i + 1] ?? body.length
    return statement(body.slice(from, Math.min(next, from + 2000)))
  })
  const assertions = texts.filter((text) => !trivial.some((pattern) => pattern.test(text)))
  const first = positions[0]
  const before = first === undefined ? '' : body.slice(0, first)
  const catches =
    /\bcatch\b\s*[({]|\.catch\(|\bexcept\b[^\n]*:|\brescue\b|\bcatch_unwind\b|\brecover\(\)/.test(body)
  return { assertions, endsEarly: assertions.length > 0 && leaves(before), catches }
}

/** Up to the end of the statement, as far as brackets tell it, on one line. */
function statement(text: string): string {
  let depth = 0
  let end = text.length
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i)
    if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character)) depth -= 1
    const ends = depth < 0 || (depth === 0 && (character === ';' || (character === '\n' && !goesOn(text, i))))
    if (!ends) continue
    end = i
    break
  }
  return canonical(text.slice(0, end))
}

/** The same whatever a formatter does to it: white space, quotes and trailing commas say nothing. */
function canonical(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([()[\]{},]) ?/g, '$1')
    .replaceAll(/,([)\]}])/g, '$1')
    .replaceAll("'", '"')
    .trim()
}

/** A chain of calls continues on the next line, or an operator asks for more. */
function goesOn(text: string, newline: number): boolean {
  return (
    /^\s*(?:\.|&&|\|\||and\b|or\b|==)/.test(text.slice(newline)) || /[=(,.]\s*$/.test(text.slice(0, newline))
  )
}

/** True when the body is certainly left before what follows: a `return` or a dead branch at its own level. */
function leaves(before: string): boolean {
  if (/(?:^|[\n;{])\s*if\s*\(?\s*(?:false|False|0)\s*\)?\s*[:{]\s*$/.test(before)) return true
  const lines = before.split('\n').filter((line) => line.trim() !== '')
  const outer = Math.min(...lines.slice(1).map((line) => line.search(/\S/)))
  return lines
    .slice(1)
    .some(
      (line) => line.search(/\S/) === outer && /^\s*return\s*(?:;|nil|None|true|\$this)?\s*;?\s*$/.test(line),
    )
}
