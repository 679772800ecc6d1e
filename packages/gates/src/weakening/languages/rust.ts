import type { TestLanguage } from '../test-case.js'
import { bracedCases, cStyle } from './braced.js'

/** `#[test]` functions, those of async runtimes and of rstest included. */
export const rust: TestLanguage = {
  name: 'Rust',
  extensions: ['.rs'],
  isTestFile: (path) => /(?:^|\/)(?:tests|benches)\/.*\.rs$|(?:^|\/)(?:tests?|[^/]*_tests?)\.rs$/.test(path),
  testsInSources: true,
  cases: (text) =>
    bracedCases(text, {
      rules: {
        ...cStyle,
        strings: [
          ['r#"', '"#'],
          ['"', '"'],
        ],
      },
      head: /(?:^[ \t]*#\[[^\n]*\]\s*?\n)*^[ \t]*#\[(?:\w+::)*(?:test|rstest|test_case|case)\b[^\n]*\]\s*?\n(?:^[ \t]*#\[[^\n]*\]\s*?\n)*[ \t]*(?:pub\s+)?(?:async\s+)?fn\s+(?<name>\w+)/gm,
      assertion:
        /\b(?:debug_)?assert\w*!\s*\(|\bpanic!\s*\(|\bprop_assert\w*!\s*\(|\.unwrap_err\s*\(|\bexpect!\s*\[/g,
      trivial: [/^assert!\(\s*true\s*(?:,.*)?\)$/, /^assert_eq!\(\s*(\S+)\s*,\s*\1\s*\)$/],
      skippedByHead: /#\[(?:ignore\b|cfg\((?:any\(\)|FALSE|not\(test\)|feature)|cfg_attr\([^\n]*\bignore\b)/,
      skippedByBody: /(?!)/,
      caseMark: /#\[(?:case|test_case)\b/g,
    }),
}
