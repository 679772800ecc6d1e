import { notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('(?:ruby (?:[\\w./-]*/)?)?(?:rake|rails) test')

/** Loads the test files as `rake test` does, keeps them from running, and counts the test methods. */
const COUNTER = [
  'require "minitest/autorun"',
  'Minitest.instance_eval { def run(*) = true }',
  'Dir["test/**/*_test.rb", "test/**/test_*.rb"].sort.each { |file| require "./" + file }',
  'Minitest.seed ||= 1',
  'puts "discovered #{Minitest::Runnable.runnables.sum { |kind| kind.runnable_methods.size }} tests"',
].join('; ')

/** Minitest (5.17, recorded output) and test-unit, through Rake or Rails. */
export const minitest: TestRunner = {
  name: 'minitest',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => command.replace(program, () => `ruby -Ilib -Itest -e '${COUNTER}'`),
  count: ({ output }) => sum(output, /^discovered (\d+) tests$/gm),
  judge({ output }) {
    const ran = sum(output, /^(\d+) (?:runs|tests), \d+ assertions, /gm)
    if (ran === null) {
      return /\((?:LoadError|SyntaxError|NameError|NoMethodError)\)$/m.test(output)
        ? notRun('the test files could not be loaded')
        : null
    }
    const failed =
      (sum(output, /^\d+ (?:runs|tests), \d+ assertions, (\d+) failures/gm) ?? 0) +
      (sum(output, /^\d+ (?:runs|tests), \d+ assertions, \d+ failures, (\d+) errors/gm) ?? 0)
    if (failed > 0) return testsFailed(failed)
    return ran === 0 ? notRun('no tests were found') : null
  },
}
