import type { GateCommandResult } from '../contract.js'
import { plainText } from '../text/plain-text.js'
import { testReports } from './reports.js'
import { collectResults, type TestResults } from './test-results.js'

/**
 * The result of every test that a reporting command ran; null when its output is no report, or not a whole one.
 *
 * @param runners The runners that the command starts; without any, every report that Gump knows is tried.
 */
export function readResults(
  { output, timedOut }: Pick<GateCommandResult, 'output' | 'timedOut'>,
  runners: readonly string[] = [],
): TestResults | null {
  if (timedOut) return null
  const text = plainText(output)
  const known = testReports.filter(({ runner }) => runners.length === 0 || runners.includes(runner))
  const found = known.map((report) => report.read(text)).filter((results) => results !== null)
  return found.length === 0 ? null : collectResults(found.flatMap((results) => [...results]))
}
