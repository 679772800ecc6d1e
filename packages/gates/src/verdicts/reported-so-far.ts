import { plainText } from '../text/plain-text.js'

/** Lines with which test runners report one test, before their summary. */
const PASSED =
  /^\s*(?:✓|✔|√|ok \d+\b(?!.*# (?:skip|todo))|--- PASS:)|\.\.\. ok$|::\S+ PASSED\b|^\s+PASS \[/gim
const FAILED =
  /^\s*(?:✖|✕|✗|×|not ok\b|--- FAIL:|\d+\) \S)|\.\.\. (?:FAILED|FAIL|ERROR)$|::\S+ (?:FAILED|ERROR)\b|^\s+FAIL \[/gm
/** Progress of pytest, RSpec, unittest and PHPUnit: a character for each test. */
const PROGRESS = /^(?:\S+\.py )?([.FEsxX]{2,}|[.FE])(?:\s*\[\s*\d+%\]|\s+\d+ \/ \d+.*)?$/gm

/**
 * How many tests a command had reported when it was stopped; null when its output reports none.
 *
 * @example
 * ```ts
 * reportedSoFar('✔ adds\n✖ refuses\n') // { passed: 1, failed: 1 }
 * ```
 */
export function reportedSoFar(output: string): { readonly passed: number; readonly failed: number } | null {
  const text = plainText(output)
  let passed = [...text.matchAll(PASSED)].length
  let failed = [...text.matchAll(FAILED)].length
  if (passed + failed === 0) {
    for (const [, marks = ''] of text.matchAll(PROGRESS)) {
      passed += marks.split('.').length - 1
      failed += marks.split(/[FE]/).length - 1
    }
  }
  return passed + failed === 0 ? null : { passed, failed }
}
