import { ava } from '../runners/ava.js'
import { borp } from '../runners/borp.js'
import { jest } from '../runners/jest.js'
import { mocha } from '../runners/mocha.js'
import { nodeTest } from '../runners/node-test.js'
import { tap } from '../runners/tap.js'
import { vitest } from '../runners/vitest.js'
import { withoutCheckers } from './checkers.js'

const WRAPPER = /(?<![\w./@-])(?:c8|nyc)(?: report)?(?![\w./@-])/g

/**
 * The test command of a JavaScript project, made to print a coverage summary; null when it has no means for it.
 *
 * @param dependencies Names of the packages that the project asks for.
 */
export function measuringCoverage(script: string, dependencies: ReadonlySet<string>): string | null {
  const command = withoutCheckers(script)
  // What measures already is only asked for a summary that can be read.
  if (WRAPPER.test(command)) return command.replace(WRAPPER, '$& --reporter=text-summary')
  if (borp.startedBy(command)) return command.replace(/(?<![\w./@-])borp(?![\w./@-])/g, '$& --coverage')
  if (tap.startedBy(command)) return command.replace(/--disable-coverage/g, '')
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
  if (mocha.startedBy(command) || ava.startedBy(command)) {
    const tool = ['c8', 'nyc'].find((name) => dependencies.has(name))
    return tool === undefined
      ? null
      : command.replace(
          /(?<![\w./@-])(?:[\w./@-]*\/)?(?:_?mocha|ava)(?![\w./@-])/g,
          `${tool} --reporter=text-summary $&`,
        )
  }
  return nodeTest.startedBy(command)
    ? command.replace(/\s--test(?![\w-])/g, ' --experimental-test-coverage --test')
    : null
}
