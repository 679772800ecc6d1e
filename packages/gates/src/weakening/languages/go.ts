import type { TestLanguage } from '../test-case.js'
import { bracedCases, cStyle } from './braced.js'

/** Go's `testing`. */
export const go: TestLanguage = {
  name: 'Go',
  extensions: ['.go'],
  isTestFile: (path) => path.endsWith('_test.go'),
  cases: (text) =>
    bracedCases(text, {
      rules: {
        ...cStyle,
        strings: [
          ['`', '`'],
          ['"', '"'],
          ["'", "'"],
        ],
      },
      head: /^func\s+(?:\([^)]*\)\s*)?(?<name>(?:Test|Fuzz|Example|Benchmark)\w*)\s*\(/gm,
      assertion:
        /\b(?:t|tb|f|b|tt)\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)\s*\(|\b(?:assert|require|is|qt|g|Expect)\b(?:\.\w+)?\s*\(|\bcmp\.Diff\s*\(/g,
      trivial: [/^(?:assert|require)\.(?:True)\(t, true\)$/, /^(?:assert|require)\.Equal\(t, (\S+), \1\)$/],
      skippedByHead: /(?!)/,
      skippedByBody: /\b(?:t|tb|f|b|tt)\.(?:Skip|Skipf|SkipNow)\s*\(/,
      skippedByFile: /^\/\/(?:go:build| \+build)\s+(?:ignore|never|skip\w*|disabled|!test)\b/m,
    }),
}
