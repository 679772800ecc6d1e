import { testReports } from '../results/reports.js'
import { isFound, type Answer } from './ecosystem.js'
import { runnersOf } from './listing.js'

/** The command that reports the result of every test; undefined without any test command. */
export function reportingOf(test: Answer | undefined): Answer | undefined {
  if (!isFound(test)) return test
  const text = test.direct ?? test.command
  const started = runnersOf(test)
  let command = text
  for (const report of testReports)
    if (started.includes(report.runner)) command = report.reporting(command) ?? command
  if (command === text) {
    return {
      because: `${test.because}, and how it would report the result of each test is not known`,
      remedy: 'name a test command whose runner Gump knows',
    }
  }
  const definition = test.definition === undefined ? {} : { definition: test.definition }
  return {
    command,
    because: test.because,
    label: `${test.command} (results)`,
    ...definition,
    direct: command,
  }
}
