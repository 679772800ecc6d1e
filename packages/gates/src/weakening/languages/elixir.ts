import { blankSource } from '../blank.js'
import { assertionsIn, type TestCase, type TestLanguage } from '../test-case.js'

/** ExUnit. */
export const elixir: TestLanguage = {
  name: 'Elixir',
  extensions: ['.ex', '.exs'],
  isTestFile: (path) => path.endsWith('_test.exs'),
  cases(text) {
    const lines = blankSource(text, {
      lineComments: ['#'],
      blockComments: [],
      strings: [
        ['"""', '"""'],
        ['"', '"'],
      ],
    }).withoutComments.split('\n')
    const moduleSkipped = lines.some((line) => /^\s*@moduletag\s+:?skip\b/.test(line))
    return lines.flatMap((line, i): TestCase[] => {
      const head = /^(\s*)test\s*\(?\s*"((?:\\.|[^"])*)"/.exec(line)
      if (head === null) return []
      const indent = (head[1] ?? '').length
      const end = lines.findIndex(
        (other, at) => at > i && other.trim() !== '' && other.search(/\S/) <= indent,
      )
      const body = lines.slice(i, end === -1 ? undefined : end).join('\n')
      const tagged = lines.slice(Math.max(0, i - 4), i).some((tag) => /^\s*@tag\s+:?skip\b/.test(tag))
      return [
        {
          name: head[2] ?? '',
          line: i + 1,
          skipped: tagged || moduleSkipped || !/\bdo\b/.test(line),
          focused: false,
          cases: null,
          ...assertionsIn(body, /(?<![\w.])(?:assert\w*|refute\w*)\b/g, [/^assert\s*\(?\s*true\s*\)?$/]),
        },
      ]
    })
  },
}
