/** What a test command left behind. */
export interface RunOutput {
  readonly exitCode: number | null
  /** Both streams, without terminal escapes. */
  readonly output: string
}

/** What the output of a failed test command means. */
export type RunVerdict =
  /** Tests ran, and this many failed; null: how many is not said. */
  | { readonly kind: 'tests_failed'; readonly failed: number | null }
  /** Something else went wrong: no build, no collection, no tests. */
  | { readonly kind: 'not_run'; readonly reason: string }

/**
 * A program that runs tests: how to find it in shell text, how to make it list its tests, and how to read what it
 * prints. Every function is pure.
 */
export interface TestRunner {
  readonly name: string
  /** True when the shell text starts this runner. */
  startedBy(command: string): boolean
  /**
   * The same shell text, made to list tests; null when this runner cannot.
   *
   * @param files Globs of test files, where the project names them outside of the command.
   */
  listing(command: string, files?: readonly string[]): string | null
  /** How many tests (or test files) the listing names; null when the output is not that of a listing. */
  count(listed: RunOutput): number | null
  /** Why a run with a non-zero exit failed; null when the output is not this runner's. */
  judge(run: RunOutput): RunVerdict | null
}

/** A regular expression for a program's name, possibly with a path before it, as a word of shell text. */
export function word(source: string): RegExp {
  return new RegExp(`(?<![\\w./@-])(?:[\\w./@-]*/)?(?:${source})(?![\\w./@-])`, 'g')
}

/** Shell text with arguments put in right behind every match. */
export function insertAfter(command: string, program: RegExp, args: string): string {
  return command.replace(program, (found) => `${found} ${args}`)
}

/** Sum of a capture group over all matches of a global expression; null without a match. */
export function sum(output: string, expression: RegExp, group = 1): number | null {
  let total: number | null = null
  for (const match of output.matchAll(expression)) total = (total ?? 0) + Number(match[group])
  return total
}

/** Number of matches of a global expression. */
export function occurrences(output: string, expression: RegExp): number {
  return [...output.matchAll(expression)].length
}

export function testsFailed(failed: number | null): RunVerdict {
  return { kind: 'tests_failed', failed }
}

export function notRun(reason: string): RunVerdict {
  return { kind: 'not_run', reason }
}
