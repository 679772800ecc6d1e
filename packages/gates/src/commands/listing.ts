import { withoutCheckers, withoutTrue } from '../project/checkers.js'
import { testRunners } from '../runners/index.js'
import type { TestRunner } from '../runners/test-runner.js'
import { simpleCommands } from './simple-commands.js'
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
  // A linter that runs before the tests lists nothing.
  const bare = upToRunners(withoutCheckers(text), runners)
  let command = bare
  for (const runner of runners) command = runner.listing(command, test.testFiles) ?? command
  if (runners.length === 0 || command === bare) {
    return {
      because: `${test.because}, and how it would list its tests is not known`,
      remedy: 'name a command that lists the tests',
    }
  }
  const definition = test.definition === undefined ? {} : { definition: test.definition }
  return { command, because: test.because, label: `${test.command} (listing)`, ...definition }
}

/** What comes after the last runner does not take part in listing. */
function upToRunners(text: string, runners: readonly TestRunner[]): string {
  const commands = simpleCommands(text)
  const last = commands.findLastIndex((command) => runners.some((runner) => runner.startedBy(command.text)))
  let result = text
  for (const { start, end } of commands.slice(last + 1).toReversed()) {
    result = `${result.slice(0, start)}true${result.slice(end)}`
  }
  return last === -1 ? text : withoutTrue(result)
}
