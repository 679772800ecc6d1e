import { addedLines, removedLines } from './added-lines.js'
import type { ChangedText, Weakening, WeakeningKind } from './change.js'
import { isTestFile, languageOf } from './languages/index.js'

const SUPPRESSION =
  /eslint-disable|oxlint-disable|biome-ignore|@ts-(?:ignore|expect-error|nocheck)|#\s*(?:noqa|type:\s*ignore|nosec|pylint:\s*disable|mypy:\s*ignore|pyright:\s*ignore|pragma:\s*no cover)|\/\/\s*(?:nolint|NOLINT|nosemgrep|noinspection)|rubocop:disable|:nocov:|phpcs:(?:disable|ignore)|@phpstan-ignore|@psalm-suppress|@codeCoverageIgnore|(?:istanbul|c8|v8|node:coverage)\s+(?:ignore|disable)|#!?\[allow\(|@SuppressWarnings|#pragma warning disable|deno-lint-ignore|credo:disable/

const TEST_DETECTION =
  /process\.env\.(?:VITEST|JEST_WORKER_ID|NODE_ENV\s*={2,3}\s*['"]test|TEST|CI)\b|process\.env\[['"](?:VITEST|JEST_WORKER_ID|TEST|CI)['"]\]|import\.meta\.vitest|PYTEST_CURRENT_TEST|['"](?:pytest|unittest)['"]\s+in\s+sys\.modules|sys\.argv\[0\].*(?:pytest|test)|\btesting\.Testing\(\)|flag\.Lookup\(["']test\.|strings\.HasSuffix\(os\.Args\[0\],\s*"\.test"|os\.environ(?:\.get)?[[(]['"](?:CI|TEST\w*|PYTEST\w*)['"]|defined\?\(\s*(?:RSpec|Minitest)|ENV\[['"](?:RAILS_ENV|RACK_ENV|CI)['"]\]\s*==\s*['"]test|PHPUNIT_\w+|typeof\s+(?:describe|it|jest|vi)\b|\bglobalThis\.(?:describe|it|jest|vi|expect)\b|\bcfg!?\(\s*(?:not\()?\s*test\b|inspect\.stack\(\)|new Error\(\)\.stack|traceback\.extract_stack/

const MOCK =
  /\b(?:vi|jest)\.(?:mock|doMock|unstable_mockModule|spyOn)\s*\(|\bmock\.(?:module|method)\s*\(|\bsinon\.(?:stub|replace|fake)|\bproxyquire\s*\(|\bmonkeypatch\.(?:setattr|setitem|delattr)\s*\(|(?<![\w.])(?:mock\.)?patch(?:\.object|\.dict)?\s*\(|\bgomonkey\.|\ballow(?:_any_instance_of)?\s*\(.*\)\.to receive|\.stubs?\s*\(|\bMockito\.(?:mock|when|mockStatic)|createMock\s*\(/

const RETRY =
  /\b(?:jest\.retryTimes|retries?\s*[:=(]\s*[1-9]|flaky\b|@(?:pytest\.mark\.)?flaky|RepeatedIfExceptionsTest|--reruns|this\.retries\s*\()/i

/** Ends the test run with success, or makes every comparison hold. */
const FORGERY =
  /process\.exit(?:Code)?\s*(?:\(|=)\s*0|\b(?:os\._exit|sys\.exit|os\.Exit|process::exit|System\.exit|Kernel\.exit)\s*\(\s*0\s*\)|\bexit\s*\(\s*0\s*\)|\b(?:globalThis|global)\.(?:expect|assert|it|test)\s*=|\bexpect\.extend\s*\(|\bassert\.\w+\s*=(?!=)|\bbuiltins\.\w+\s*=(?!=)|pytest_(?:runtest_makereport|sessionfinish|collection_modifyitems)|session\.exitstatus\s*=/

const ALWAYS_EQUAL =
  /def\s+(?:__eq__|__ne__|==)\b|\b(?:equals|Equals)\s*\(\s*(?:Object|object)\b|\[Symbol\.toPrimitive\]/

/** `if (n === 17) return 42`, and what other languages have for it. */
const SPECIAL_CASE =
  /(?:if|elif|else if|case|when|unless)?\b.*?(?:={2,3}|\.equals\(|\beq\?|\bis\b|\bcase\b|\bwhen\b)\s*\(?\s*(?<input>"(?:[^"\\]|\\.){2,}"|'(?:[^'\\]|\\.){2,}'|-?\d{2,}(?:\.\d+)?)[^\n]*?(?:\breturn\b|=>|\?|:|->|\bthen\b)\s*(?<answer>"(?:[^"\\]|\\.)+"|'(?:[^'\\]|\\.)+'|-?\d+(?:\.\d+)?|true|false|True|False)/

/** A table of answers: `{ "abc": 3, … }` in one line. */
const ANSWER =
  /(?<input>"(?:[^"\\]|\\.){2,}"|'(?:[^'\\]|\\.){2,}'|-?\d{2,})\s*(?::|=>|,)\s*(?<answer>"(?:[^"\\]|\\.){2,}"|'(?:[^'\\]|\\.){2,}'|-?\d{2,}(?:\.\d+)?)/

/** What a change brought into code and tests that makes checks say less, though every test is still there. */
export function suspiciousSources(
  files: readonly ChangedText[],
  testTexts: readonly string[],
): readonly Weakening[] {
  return files.flatMap((file) => {
    if (
      /\.snap$|(?:^|\/)__snapshots__\/|\.golden$|\.approved\.\w+$|(?:^|\/)(?:snapshots|goldens?)\//.test(
        file.path,
      )
    )
      return changedSnapshot(file)
    if (
      /(?:^|\/)(?:\.github\/workflows\/|\.gitlab-ci\.yml$|\.circleci\/|azure-pipelines\.yml$|\.travis\.yml$|Jenkinsfile$|\.buildkite\/|bitbucket-pipelines\.yml$)/.test(
        file.path,
      )
    )
      return changedPipeline(file)
    if (languageOf(file.path) === undefined) return []
    return isTestFile(file.path) ? inTests(file) : inSources(file, testTexts)
  })
}

function inTests(file: ChangedText): readonly Weakening[] {
  const existed = file.before !== null
  return addedLines(file).flatMap(({ number, text }) => {
    const at = (kind: WeakeningKind): Weakening[] => [suspicion(file.path, number, kind, text)]
    if (FORGERY.test(text) || ALWAYS_EQUAL.test(text)) return at('result forged')
    if (RETRY.test(text)) return at('retries added')
    if (MOCK.test(text) && (existed || /['"]\.{0,2}\//.test(text))) return at('mock added')
    return SUPPRESSION.test(text) ? at('check suppressed') : []
  })
}

function inSources(file: ChangedText, testTexts: readonly string[]): readonly Weakening[] {
  return addedLines(file).flatMap(({ number, text }, i, all) => {
    const at = (kind: WeakeningKind): Weakening[] => [suspicion(file.path, number, kind, text)]
    if (TEST_DETECTION.test(text)) return at('tests detected by the code')
    if (SUPPRESSION.test(text)) return at('check suppressed')
    // The answer often stands on the line below.
    const next = all[i + 1]
    const statement = next?.number === number + 1 ? `${text.trim()} ${next.text.trim()}` : text
    if (ALWAYS_EQUAL.test(text) && /\breturn true\b|\btrue\b/i.test(statement)) return at('result forged')
    return answersOfTests(statement, testTexts) ? at('answer hard-coded') : []
  })
}

/** True when code answers an input with the very value that a test expects for it. */
function answersOfTests(statement: string, testTexts: readonly string[]): boolean {
  for (const pattern of [SPECIAL_CASE, ANSWER]) {
    const { input, answer } = pattern.exec(statement)?.groups ?? {}
    if (input === undefined || answer === undefined) continue
    const value = bare(input)
    const expected = bare(answer)
    const together = testTexts.some((text) =>
      text.split('\n').some((line, i, lines) => {
        const near = [lines[i - 1], line, lines[i + 1], lines[i + 2]].join(' ')
        return (
          mentions(line, value) &&
          mentions(near, expected) &&
          /\b(?:expect|assert|should|is|Equal|==|want)\w*/.test(near)
        )
      }),
    )
    if (together) return true
  }
  return false
}

function bare(literal: string): string {
  return literal.replaceAll(/^["']|["']$/g, '')
}

function mentions(text: string, value: string): boolean {
  const escaped = value.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`(?<![\\w.])${escaped}(?![\\w.]*\\w)`).test(text)
}

function changedSnapshot(file: ChangedText): readonly Weakening[] {
  if (file.before === null) return []
  const gone = removedLines(file)
  if (gone.length === 0) return []
  const detail =
    file.after === null ? 'the file was removed' : `${String(gone.length)} recorded lines were replaced`
  return [{ kind: 'snapshot changed', path: file.path, line: null, detail, certain: false }]
}

function changedPipeline(file: ChangedText): readonly Weakening[] {
  if (file.before === null) return []
  const gone = removedLines(file).find(({ text }) =>
    /\b(?:test|lint|check|verify|audit|coverage|run:)\b/.test(text),
  )
  const come = addedLines(file).find(({ text }) =>
    /continue-on-error|allow_failure|\|\|\s*(?:true|:)|if:\s*(?:false|\$\{\{\s*false)|--exit-zero|exit 0/.test(
      text,
    ),
  )
  const found = come ?? gone
  if (found === undefined) return []
  const detail = come === undefined ? `gone: ${short(found.text)}` : short(found.text)
  return [
    {
      kind: 'pipeline changed',
      path: file.path,
      line: come === undefined ? null : found.number,
      detail,
      certain: false,
    },
  ]
}

function suspicion(path: string, line: number, kind: WeakeningKind, text: string): Weakening {
  return { kind, path, line, detail: short(text), certain: false }
}

function short(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line.length > 100 ? `${line.slice(0, 100)}…` : line
}
