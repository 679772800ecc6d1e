import { testRunners } from '../runners/index.js'
import { isFound, type Answer, type FoundCommand } from './ecosystem.js'

/** Names of the test runners that a command starts, as far as its text tells. */
export function runnersOf(answer: FoundCommand): string[] {
  const text = answer.direct ?? answer.command
  return testRunners.filter((runner) => runner.startedBy(text)).map((runner) => runner.name)
}

/** The command that lists the tests which a test command would run; undefined without any test command. */
export function listingOf(test: Answer | undefined): Answer | undefined {
  if (!isFound(test)) return test
  const text = test.direct ?? test.command
  const runners = testRunners.filter((runner) => runner.startedBy(text))
  let command = text
  for (const runner of runners) command = runner.listing(command) ?? command
  if (runners.length === 0 || command === text) {
    return {
      because: `${test.because}, and how it would list its tests is not known`,
      remedy: 'name a command that lists the tests',
    }
  }
  const definition = test.definition === undefined ? {} : { definition: test.definition }
  return { command, because: test.because, label: `${test.command} (listing)`, ...definition }
}
