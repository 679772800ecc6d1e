import type { PackageScripts } from './package-scripts.js'

/** What a name behind `test:` says that the script does not run tests once and end. */
const NO_TEST_RUN =
  /(?:^|[:_-])(?:lint|eslint|types?|tsc?|typescript|typings|typecheck|format|fmt|prettier|style|watch|ui|dev|debug|inspect|open|update|fix|coverage|cov|cover|bench|report|publint|attw|pack|size|e2e|browser|deploy|prepare|setup|build|clean)(?:[:_-]|$)/
const CHANGES_FILES = /(?:^|[:_-])(?:fix|write|format|update|staged|watch)(?:[:_-]|$)/

const TEST = [
  'test',
  'tests',
  'test:all',
  'test:ci',
  'test:unit',
  'unit',
  'unit-test',
  'test:node',
  'test:run',
  'test:once',
]
const COMPILE = [
  'build',
  'compile',
  'typecheck',
  'type-check',
  'check-types',
  'check:types',
  'check:ts',
  'types',
  'tsc',
  'test:types',
  'test:type',
  'test:typecheck',
  'test:typescript',
  'test:tsc',
  'test:ts',
  'lint:types',
  'lint:ts',
  'lint:tsc',
]
const LINT = [
  'lint',
  'lint:ci',
  'lint:all',
  'lint:check',
  'test:lint',
  'check:lint',
  'eslint',
  'standard',
  'xo',
]
const LINTERS = /(?:^|\s|\/)(?:eslint|biome|xo|standard|oxlint|jshint|prettier --check)(?:\s|$)/
const COVERAGE = [
  'coverage',
  'test:coverage',
  'test:cov',
  'coverage:test',
  'cover',
  'test:cover',
  'cov',
  'unit:coverage',
]

/** The scripts that stand for an alias, all of which must succeed; none when there is none. */
export function scriptsFor(
  alias: 'test' | 'compile' | 'lint' | 'coverage',
  scripts: PackageScripts,
): string[] {
  const named = (wanted: readonly string[]): string[] => {
    const found = scripts.first(wanted)
    return found === null ? [] : [found]
  }
  switch (alias) {
    case 'compile':
      return named(COMPILE)
    case 'coverage':
      return named(COVERAGE)
    case 'test': {
      const one = named(TEST)
      return one.length > 0
        ? one
        : scripts.names.filter((name) => name.startsWith('test:') && !NO_TEST_RUN.test(name.slice(5)))
    }
    case 'lint': {
      const one = named(LINT)
      if (one.length > 0) return one
      const several = scripts.names.filter(
        (name) => name.startsWith('lint:') && !CHANGES_FILES.test(name.slice(5)) && !COMPILE.includes(name),
      )
      if (several.length > 0) return several
      const check = scripts.text('check')
      return check !== null && LINTERS.test(check) ? ['check'] : []
    }
  }
}
