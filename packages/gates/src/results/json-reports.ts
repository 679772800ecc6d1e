import { parseJson, valueAt } from '../project/parse-config.js'
import { collectResults, type TestResults, type TestStatus } from './test-results.js'

/** The JSON object that begins with `start` on a line of its own; null when none is whole. */
function objectIn(output: string, start: string): unknown {
  const from = output.lastIndexOf(`\n${start}`)
  const at = from === -1 ? (output.startsWith(start) ? 0 : -1) : from + 1
  if (at === -1) return null
  const end = output.indexOf('\n', at)
  // Reports stand on one line; what follows is the package manager's.
  return (
    parseJson(end === -1 ? output.slice(at) : output.slice(at, end)) ??
    parseJson(output.slice(at, output.lastIndexOf('}') + 1))
  )
}

/** `jest --json`. */
export function readJest(output: string): TestResults | null {
  const report = objectIn(output, '{"num')
  const files = valueAt(report, 'testResults')
  if (!Array.isArray(files)) return null
  return collectResults(
    files.flatMap((file: unknown) => {
      const path = text(valueAt(file, 'name'))
      const tests = valueAt(file, 'assertionResults')
      const results = (Array.isArray(tests) ? tests : []).map((test: unknown) => {
        const groups = valueAt(test, 'ancestorTitles')
        const names = [path, ...(Array.isArray(groups) ? groups.map(text) : []), text(valueAt(test, 'title'))]
        return [names.join(' > '), status(valueAt(test, 'status'))] as const
      })
      // A file that could not be loaded has no tests to tell of.
      return results.length === 0 && valueAt(file, 'status') === 'failed'
        ? [[path, 'failed'] as const]
        : results
    }),
  )
}

/** `rspec --format json`. */
export function readRspec(output: string): TestResults | null {
  const examples = valueAt(objectIn(output, '{"version"'), 'examples')
  if (!Array.isArray(examples)) return null
  return collectResults(
    examples.map((example: unknown) => [
      `${text(valueAt(example, 'file_path'))} > ${text(valueAt(example, 'full_description'))}`,
      status(valueAt(example, 'status')),
    ]),
  )
}

/** `go test -json`: one object per line. */
export function readGo(output: string): TestResults | null {
  const found: (readonly [string, TestStatus])[] = []
  let seen = false
  for (const line of output.split('\n')) {
    if (!line.startsWith('{"')) continue
    const event = parseJson(line)
    const action = valueAt(event, 'Action')
    const name = valueAt(event, 'Test')
    if (action === undefined) continue
    seen = true
    const done =
      action === 'pass' ? 'passed' : action === 'fail' ? 'failed' : action === 'skip' ? 'skipped' : null
    if (done !== null && typeof name === 'string')
      found.push([`${text(valueAt(event, 'Package'))} > ${name}`, done])
  }
  return seen ? collectResults(found) : null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function status(value: unknown): TestStatus {
  return value === 'passed' ? 'passed' : value === 'failed' ? 'failed' : 'skipped'
}
