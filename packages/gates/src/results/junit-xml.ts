import { word } from '../runners/test-runner.js'
import { collectResults, type TestReport, type TestResults, type TestStatus } from './test-results.js'

const [OPEN, CLOSE] = ['<!-- gump: reports -->', '<!-- gump: end of reports -->']

/** Where Surefire, Failsafe and Gradle write a file for each test class. */
const PLACES = String.raw`\( -path '*/surefire-reports/TEST-*.xml' -o -path '*/failsafe-reports/TEST-*.xml' -o -path '*/test-results/*/TEST-*.xml' \)`

/** Prints the reports behind the command's own output; it ends as the command did. */
const printing = (command: string, onlyNew: boolean): string =>
  [
    'mark=$(mktemp)',
    `(\n${command}\n)`,
    'code=$?',
    `echo '${OPEN}'`,
    `find . ${PLACES} ${onlyNew ? '-newer "$mark" ' : ''}-exec cat {} +`,
    `echo; echo '${CLOSE}'`,
    'rm -f "$mark"',
    'exit "$code"',
  ].join('\n')

const maven = word('(?:mvn|mvnd|mvnw)')
const gradle = word('(?:gradle|gradlew)')

/** Maven leaves the reports of test classes that are gone; Gradle removes them, and writes none for what is up to date. */
export const junitReports: readonly TestReport[] = [
  {
    runner: 'maven',
    reporting: (command) => (command.search(maven) === -1 ? null : printing(command, true)),
    read: readJUnit,
  },
  {
    runner: 'gradle',
    reporting: (command) => (command.search(gradle) === -1 ? null : printing(command, false)),
    read: readJUnit,
  },
]

/** Results in JUnit's XML between the marks; null without any, or when the beginning was cut off. */
export function readJUnit(output: string): TestResults | null {
  const from = output.lastIndexOf(OPEN)
  const to = output.lastIndexOf(CLOSE)
  if (from === -1 || to < from) return null
  const found = [
    ...output.slice(from, to).matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g),
  ].map(([, attributes = '', content = '']) => [nameOf(attributes), statusOf(content)] as const)
  return found.length === 0 ? null : collectResults(found)
}

function nameOf(attributes: string): string {
  const value = (key: string): string =>
    decode(new RegExp(`\\b${key}\\s*=\\s*"([^"]*)"`).exec(attributes)?.[1] ?? '')
  const classname = value('classname')
  return classname === '' ? value('name') : `${classname}::${value('name')}`
}

function statusOf(content: string): TestStatus {
  if (/<(?:failure|error)\b/.test(content)) return 'failed'
  return /<skipped\b/.test(content) ? 'skipped' : 'passed'
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}
