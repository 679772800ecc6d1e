import { jest } from '../runners/jest.js'
import { mocha } from '../runners/mocha.js'
import { nodeTest } from '../runners/node-test.js'
import { vitest } from '../runners/vitest.js'

/**
 * The test command of a JavaScript project, made to print a coverage summary; null when it has no means for it.
 *
 * @param dependencies Names of the packages that the project asks for.
 */
export function measuringCoverage(command: string, dependencies: ReadonlySet<string>): string | null {
  if (vitest.startedBy(command)) {
    const provider = ['@vitest/coverage-v8', '@vitest/coverage-istanbul'].some((name) =>
      dependencies.has(name),
    )
    const options = '--coverage.enabled --coverage.reporter=text-summary'
    return provider
      ? command.replace(/(?<![\w@-])vitest(?: (?:run|watch|dev))?(?![\w./@-])/g, `$& ${options}`)
      : null
  }
  if (jest.startedBy(command)) {
    return command.replace(
      /(?<![\w@-])(?:jest|(?:react-scripts|craco) test)(?![\w./@-])/g,
      '$& --coverage --coverageReporters=text-summary',
    )
  }
  if (mocha.startedBy(command)) {
    const tool = ['c8', 'nyc'].find((name) => dependencies.has(name))
    return tool === undefined
      ? null
      : command.replace(
          /(?<![\w./@-])(?:[\w./@-]*\/)?_?mocha(?![\w./@-])/g,
          `${tool} --reporter=text-summary $&`,
        )
  }
  return nodeTest.startedBy(command)
    ? command.replace(/\s--test(?![\w-])/g, ' --experimental-test-coverage --test')
    : null
}
