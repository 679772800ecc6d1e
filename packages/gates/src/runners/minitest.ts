import { notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('(?:ruby (?:[\\w./-]*/)?)?(?:rake|rails) test')
/** What Gump itself starts where a project has no Rakefile. */
const plain = /(?<=-e ')Dir\["\.\/\w+\/\*\*[^']*(?=')/

const DEFAULT = ['test/**/*_test.rb', 'test/**/test_*.rb', 'test/**/spec_*.rb', 'test/**/*_spec.rb']

/** Loads the test files as `rake test` does, keeps them from running, and counts the test methods. */
function counter(load: string): string {
  return [
    'require "minitest/autorun"',
    'Minitest.instance_eval { def run(*) = true }',
    load,
    'Minitest.seed ||= 1',
    'puts "discovered #{Minitest::Runnable.runnables.sum { |kind| kind.runnable_methods.size }} tests"',
  ].join('; ')
}

/** Minitest (5.17, recorded output) and test-unit, through Rake or Rails. */
export const minitest: TestRunner = {
  name: 'minitest',
  startedBy: (command) => command.search(program) !== -1 || plain.test(command),
  listing(command, files = []) {
    if (plain.test(command)) return command.replace(plain, (load) => counter(load))
    const globs = (files.length > 0 ? files : DEFAULT).map((glob) => `"${glob}"`).join(', ')
    const load = `Dir[${globs}].uniq.sort.each { |file| require File.expand_path(file) }`
    return command.replace(program, () => `ruby -Ilib -Itest -Ispec -e '${counter(load)}'`)
  },
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
