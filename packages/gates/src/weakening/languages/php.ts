import type { TestLanguage } from '../test-case.js'
import { bracedCases, cStyle } from './braced.js'

/** PHPUnit and Pest. */
export const php: TestLanguage = {
  name: 'PHP',
  extensions: ['.php', '.phpt'],
  isTestFile: (path) => /Test\.php$|\.phpt$/.test(path) || /(?:^|\/)[Tt]ests?\/.*\.php$/.test(path),
  cases: (text) =>
    bracedCases(markAnnotated(text), {
      rules: {
        ...cStyle,
        strings: [
          ['"', '"'],
          ["'", "'"],
        ],
      },
      head: /(?:^[ \t]*#\[[^\n]*\]\s*\n)*[ \t]*(?:(?:final|public|protected|private|static)\s+)*function\s+(?<name>test\w*|\w+(?=\s*\(\)\s*(?::\s*void)?\s*\{\/\*test\*\/))\s*(?=\()|(?<![\w$>:])(?:it|test)\(\s*(?<pest>'[^']*'|"[^"]*")/gm,
      assertion: /(?:->|::)(?:assert\w+|expectException\w*|expectOutput\w*|fail)\s*\(|\bexpect\s*\(/g,
      trivial: [
        /^(?:->|::)assertTrue\(\s*true\s*\)$/,
        /^(?:->|::)assert(?:Same|Equals)\(\s*(\S+)\s*,\s*\1\s*\)$/,
      ],
      skippedByHead: /(?!)/,
      skippedByBody: /(?:->|::)markTest(?:Skipped|Incomplete)\s*\(/,
    }),
}

/** Tests named by `@test` or `#[Test]` get the prefix that the others have; lengths change, lines do not. */
function markAnnotated(text: string): string {
  return text
    .replaceAll(/(@test\b[^/]*\*\/\s*(?:(?:final|public)\s+)*function\s+)(?!test)(\w+)/g, '$1test_$2')
    .replaceAll(
      /(#\[(?:\\?\w+\\)*Test\b[^\n]*\]\s*(?:#\[[^\n]*\]\s*)*(?:(?:final|public)\s+)*function\s+)(?!test)(\w+)/g,
      '$1test_$2',
    )
}
