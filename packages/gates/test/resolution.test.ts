import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createCommandResolver, firstResolved, resolutionChanges } from '../src/index.js'
import { ecosystems } from '../src/resolution/index.js'
import { packageJson, project, resolve } from './project.js'

const aliases = ['compile', 'test', 'lint', 'coverage', 'tests_found'] as const

async function table(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const rows: Record<string, string> = {}
  for (const alias of aliases) {
    const command = await resolve(files, alias)
    if (!command.startsWith('–')) rows[alias] = command
  }
  return rows
}

describe('ecosystems', () => {
  it('are one file each, all in the index', () => {
    const folder = fileURLToPath(new URL('../src/resolution', import.meta.url))
    const names = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''))
    expect(ecosystems.map((ecosystem) => ecosystem.name).toSorted()).toEqual(
      names.filter((name) => name !== 'index').toSorted(),
    )
  })

  it('Go', async () => {
    expect(await table({ 'go.mod': 'module m' })).toEqual({
      compile: 'go build ./...',
      test: 'go test ./...',
      tests_found: 'go test -list . ./...',
      lint: 'go vet ./...',
      coverage: expect.stringContaining('go test -coverprofile="$profile" ./... && go tool cover'),
    })
    expect(await resolve({ 'go.work': '', '.golangci.yml': '' }, 'lint')).toBe('golangci-lint run')
  })

  it('Rust', async () => {
    expect(await table({ 'Cargo.toml': '[package]\nname = "m"', 'clippy.toml': '' })).toEqual({
      compile: 'cargo check --all-targets',
      test: 'cargo test',
      tests_found: 'cargo test -- --list',
      lint: 'cargo clippy --all-targets -- -D warnings',
      coverage: 'cargo llvm-cov --summary-only',
    })
    expect(await resolve({ 'Cargo.toml': '[workspace]\nmembers = ["a"]' }, 'test')).toBe(
      'cargo test --workspace',
    )
  })

  it('Node with npm', async () => {
    const scripts = { build: 'tsc', test: 'vitest run', lint: 'eslint .' }
    const dev = { devDependencies: { vitest: '4', '@vitest/coverage-v8': '4' } }
    const direct = 'export PATH="$PWD/node_modules/.bin:$PATH"; '
    expect(await table({ 'package.json': packageJson(scripts, dev), 'package-lock.json': '{}' })).toEqual({
      compile: 'npm run build',
      test: 'npm test',
      tests_found: `${direct}vitest list`,
      lint: 'npm run lint',
      coverage: `${direct}vitest run --coverage.enabled --coverage.reporter=text-summary`,
    })
  })

  it.each([
    ['pnpm-lock.yaml', 'pnpm test', 'pnpm run build', 'pnpm exec tsc --noEmit'],
    ['yarn.lock', 'yarn test', 'yarn run build', 'yarn run tsc --noEmit'],
    ['bun.lock', 'bun run test', 'bun run build', 'bun run tsc --noEmit'],
    ['bun.lockb', 'bun run test', 'bun run build', 'bun run tsc --noEmit'],
    ['npm-shrinkwrap.json', 'npm test', 'npm run build', 'npx --no-install tsc --noEmit'],
    ['none', 'npm test', 'npm run build', 'npx --no-install tsc --noEmit'],
  ])('Node with %s', async (lockfile, test, build, tsc) => {
    const files = { 'package.json': packageJson({ test: 'jest', build: 'x' }), [lockfile]: '' }
    expect(await resolve(files, 'test')).toBe(test)
    expect(await resolve(files, 'compile')).toBe(build)
    const plain = { 'package.json': packageJson({ test: 'jest' }), [lockfile]: '', 'tsconfig.json': '{}' }
    expect(await resolve(plain, 'compile')).toBe(tsc)
  })

  it('Node says why', async () => {
    const resolver = createCommandResolver({
      files: project({ 'package.json': packageJson({ test: 'jest' }), 'pnpm-lock.yaml': '' }),
    })
    expect(await resolver.resolve('test')).toEqual({
      status: 'resolved',
      command: 'pnpm test',
      because: 'package.json has a "test" script and pnpm-lock.yaml is present',
      ecosystem: 'node',
      definition: 'jest',
      runners: ['jest'],
    })
  })

  it('Node calls only scripts that exist and do something', async () => {
    const npmDefault = 'echo "Error: no test specified" && exit 1'
    for (const scripts of [{}, { test: npmDefault }, { test: ' ' }]) {
      const answer = await resolve({ 'package.json': packageJson(scripts as Record<string, string>) }, 'test')
      expect(answer).toBe(
        '– package.json has no "test" script that runs tests [add a "test" script to package.json, or set test = "…" under [gates] in gump.toml]',
      )
      expect(
        await resolve({ 'package.json': packageJson(scripts as Record<string, string>) }, 'tests_found'),
      ).toMatch(/^– package\.json has no "test" script/)
    }
    expect(await resolve({ 'package.json': '{"scripts": ' }, 'test')).toMatch(
      /^– package\.json is not valid JSON/,
    )
    expect(await resolve({ 'package.json': '{"scripts": {"__proto__": "x", "test": 3}}' }, 'test')).toMatch(
      /^–/,
    )
  })

  it('Node writes out the scripts that a script calls', async () => {
    const scripts = {
      pretest: 'npm run build',
      build: 'tsc',
      test: 'npm run test:unit && yarn test:e2e',
      'test:unit': 'node --test test/',
      'test:e2e': 'pnpm run missing',
    }
    expect(await resolve({ 'package.json': packageJson(scripts) }, 'tests_found')).toBe(
      `export PATH="$PWD/node_modules/.bin:$PATH"; (tsc) && (node --test --test-reporter=tap --test-reporter-destination=stdout --test-name-pattern='^gump-lists-tests$' test/)`,
    )
    const endless = packageJson({ test: 'npm run a', a: 'npm run test' })
    expect(await resolve({ 'package.json': endless }, 'tests_found')).toMatch(
      /how it would list its tests is not known/,
    )
  })

  it('Node measures coverage with what the project has', async () => {
    const coverage = async (
      scripts: Record<string, string>,
      dependencies: string[] = [],
    ): Promise<string> => {
      const devDependencies = Object.fromEntries(dependencies.map((name) => [name, '1']))
      return (
        await resolve({ 'package.json': packageJson(scripts, { devDependencies }) }, 'coverage')
      ).replace(/^export [^;]*; /, '')
    }
    expect(await coverage({ 'test:coverage': 'x', test: 'jest' })).toBe('npm run test:coverage')
    expect(await coverage({ test: 'jest --ci' })).toBe(
      'jest --coverage --coverageReporters=text-summary --ci',
    )
    expect(await coverage({ test: 'node --test' })).toBe('node --experimental-test-coverage --test')
    expect(await coverage({ test: 'mocha a' }, ['c8'])).toBe('c8 --reporter=text-summary mocha a')
    expect(await coverage({ test: 'mocha a' })).toMatch(/^–/)
    expect(await coverage({ test: 'vitest' })).toMatch(/^–/)
  })

  it('Node with a tsconfig that only refers to others', async () => {
    const tsconfig = '{ // all\n "files": [], "references": [{ "path": "a" }] }'
    expect(await resolve({ 'package.json': '{}', 'tsconfig.json': tsconfig }, 'compile')).toBe(
      'npx --no-install tsc -b',
    )
  })

  it('Python with plain pip', async () => {
    const files = { 'requirements.txt': 'pytest==9\npytest-cov\nruff\n', 'ruff.toml': '' }
    const path = 'PATH="$PWD/.venv/bin:$PATH" '
    expect(await table(files)).toEqual({
      // No compile step: the syntax of changed files.
      compile: ':',
      test: `${path}python3 -m pytest`,
      tests_found: `${path}python3 -m pytest --collect-only -q`,
      lint: `${path}ruff check .`,
      coverage: `${path}python3 -m pytest --cov --cov-report=term`,
    })
  })

  it.each([
    [{ 'uv.lock': '' }, 'uv run --frozen python -m pytest'],
    [{ 'poetry.lock': '' }, 'poetry run python -m pytest'],
    [{ Pipfile: '' }, 'pipenv run python -m pytest'],
  ])('Python with %j', async (lock, test) => {
    expect(await resolve({ 'pyproject.toml': '[tool.pytest.ini_options]\n', ...lock }, 'test')).toBe(test)
  })

  it('Python tells pytest from unittest', async () => {
    const path = 'PATH="$PWD/.venv/bin:$PATH" '
    const unittest = 'import unittest\n'
    expect(await resolve({ 'setup.py': '', 'tests/test_a.py': unittest }, 'test')).toBe(
      `${path}python3 -m unittest discover -s tests`,
    )
    expect(
      await resolve({ 'setup.py': '', 'tests/__init__.py': '', 'tests/test_a.py': unittest }, 'test'),
    ).toBe(`${path}python3 -m unittest`)
    expect(await resolve({ 'm.py': '', 'test_m.py': unittest }, 'test')).toBe(`${path}python3 -m unittest`)
    expect(await resolve({ 'm.py': '', 'test_m.py': 'def test_a(): pass\n' }, 'test')).toBe(
      `${path}python3 -m pytest`,
    )
    expect(await resolve({ 'tests/test_m.py': 'def test_a(): pass\n' }, 'test')).toBe(
      `${path}python3 -m pytest`,
    )
    expect(await resolve({ 'setup.cfg': '[tool:pytest]\n' }, 'test')).toBe(`${path}python3 -m pytest`)
    expect(await resolve({ 'pyproject.toml': 'broken = = ' }, 'test')).toMatch(
      /^– pyproject.toml offers no test command/,
    )
    expect(await resolve({ 'setup.py': '' }, 'tests_found')).toMatch(/^–/)
    expect(await resolve({ 'm.py': '', 'test_m.py': unittest }, 'tests_found')).toMatch(
      /^PATH=\S+ python3 -c '\nimport sys, unittest/,
    )
  })

  it('Java with Maven and Gradle, wrappers first', async () => {
    expect(await table({ 'pom.xml': '<artifactId>jacoco-maven-plugin</artifactId>' })).toEqual({
      compile: 'mvn -B -q test-compile',
      test: 'mvn -B test',
      tests_found: 'mvn -Djunit.platform.execution.dryRun.enabled=true -B test',
      coverage: 'mvn -B verify',
    })
    expect(await resolve({ 'pom.xml': '', mvnw: '' }, 'test')).toBe('sh ./mvnw -B test')
    expect(await resolve({ 'build.gradle': '', gradlew: '' }, 'test')).toBe(
      'sh ./gradlew --console=plain test',
    )
    expect(await resolve({ 'build.gradle.kts': 'jacoco' }, 'coverage')).toBe(
      'gradle --console=plain test jacocoTestReport',
    )
    expect(await resolve({ 'settings.gradle': '' }, 'compile')).toBe('gradle --console=plain testClasses')
  })

  it('.NET', async () => {
    expect(await table({ 'App.sln': '', '.gitlab-ci.yml': 'dotnet format' })).toEqual({
      compile: 'dotnet build --nologo',
      test: 'dotnet test --nologo',
      tests_found: 'dotnet test --list-tests --nologo',
      lint: 'dotnet format --verify-no-changes',
      coverage: 'dotnet test --nologo --collect "XPlat Code Coverage"',
    })
    expect(await resolve({ 'App.csproj': '' }, 'test')).toBe('dotnet test --nologo')
  })

  it('Ruby', async () => {
    expect(await table({ Gemfile: "gem 'simplecov'\ngem 'rubocop'", '.rspec': '' })).toEqual({
      compile: ':',
      test: 'bundle exec rspec',
      tests_found: 'bundle exec rspec --dry-run',
      lint: 'bundle exec rubocop',
      coverage: 'bundle exec rspec',
    })
    expect(await resolve({ Rakefile: 'Rake::TestTask.new' }, 'test')).toBe('rake test')
    expect(await resolve({ Gemfile: '', 'bin/rails': '' }, 'test')).toBe('ruby bin/rails test')
    expect(await resolve({ Gemfile: '', 'bin/rails': '' }, 'tests_found')).toMatch(
      /^ruby -Ilib -Itest -Ispec -e '/,
    )
    expect(await resolve({ 'm.gemspec': '' }, 'test')).toMatch(/^– m\.gemspec offers no test command/)
  })

  it('PHP', async () => {
    const phpstan = JSON.stringify({ 'require-dev': { 'phpstan/phpstan': '^2' } })
    expect(await table({ 'composer.json': phpstan, 'phpunit.xml': '', 'phpstan.neon': '' })).toEqual({
      compile: ':',
      test: 'php vendor/bin/phpunit',
      tests_found: 'php vendor/bin/phpunit --list-tests',
      lint: 'php vendor/bin/phpstan analyse --no-progress',
      coverage: 'XDEBUG_MODE=coverage php vendor/bin/phpunit --coverage-text',
    })
    const composer = JSON.stringify({ scripts: { test: 'pest', lint: 'pint --test' } })
    expect(await resolve({ 'composer.json': composer }, 'test')).toBe('composer run-script test')
    expect(await resolve({ 'composer.json': composer }, 'tests_found')).toBe(
      'export PATH="$PWD/vendor/bin:$PATH"; pest --list-tests',
    )
    expect(await resolve({ 'composer.json': '{}', artisan: '' }, 'test')).toBe('php artisan test')
  })

  it('Elixir', async () => {
    expect(await table({ 'mix.exs': '{:credo, "~> 1.7"}' })).toEqual({
      compile: 'mix compile',
      test: 'mix test',
      tests_found: 'mix test --exclude test',
      lint: 'mix credo',
      coverage: 'mix test --cover',
    })
  })

  it('Make', async () => {
    const makefile =
      'CC := gcc\n.PHONY: all test\nall: build\nbuild:: main.o\n\tcc\ntest lint: build\n\t./run\n%.o: %.c\n\tcc\ncover ::= no\n'
    expect(await table({ Makefile: makefile })).toEqual({
      compile: 'make build',
      test: 'make test',
      lint: 'make lint',
    })
    expect(await resolve({ Makefile: makefile }, 'tests_found')).toBe(
      '– Makefile has a target "test", and how it would list its tests is not known [name a command that lists the tests, or set tests_found = "…" under [gates] in gump.toml]',
    )
  })

  it('Just', async () => {
    const justfile =
      'version := "1"\n\n@build:\n  cc\ntest filter="" *args: build\n  ./run {{filter}}\n_lint:\n  x\n'
    expect(await table({ justfile })).toEqual({ compile: 'just build', test: 'just test' })
  })
})

describe('createCommandResolver', () => {
  it('takes overrides first, whatever they are', async () => {
    const overrides = { compile: 'cd x && A=1 make', test: 'pytest -q', custom: 'true', lint: '  ' }
    const files = { 'go.mod': 'module m' }
    expect(await resolve(files, 'compile', { overrides })).toBe('cd x && A=1 make')
    expect(await resolve(files, 'custom', { overrides })).toBe('true')
    expect(await resolve(files, 'lint', { overrides })).toBe('go vet ./...')
    expect(await resolve({}, 'tests_found', { overrides })).toBe('pytest --collect-only -q -q')
    expect(await resolve(files, 'toString', { overrides })).toMatch(/^– nothing is known about "toString"/)
    const resolver = createCommandResolver({ files: project(files), overrides })
    expect(await resolver.resolve('test')).toMatchObject({
      because: 'gump.toml sets gates.test',
      ecosystem: 'gump.toml',
      runners: ['pytest'],
    })
  })

  it('lists with the project when the overriding test command cannot', async () => {
    const overrides = { test: './scripts/test.sh' }
    expect(await resolve({ 'go.mod': '' }, 'tests_found', { overrides })).toBe('go test -list . ./...')
  })

  it('asks the kinds of project at the root in order', async () => {
    const both = {
      'package.json': packageJson({ lint: 'eslint .' }),
      'pyproject.toml': '[tool.pytest.ini_options]',
    }
    expect(await resolve(both, 'test')).toBe('PATH="$PWD/.venv/bin:$PATH" python3 -m pytest')
    // A language with sources and without tests is named; one that only brings tools is not.
    const withSources = project({ ...both, 'src/a.js': '' })
    expect(await createCommandResolver({ files: withSources }).resolve('test')).toMatchObject({
      command: 'PATH="$PWD/.venv/bin:$PATH" python3 -m pytest',
      unchecked: ['Node (package.json) is not checked: it offers no test command'],
    })
    expect(await resolve(both, 'lint')).toBe('npm run lint')
    expect(await resolve({ 'go.mod': '', Makefile: 'test:\n' }, 'test')).toBe('go test ./...')
    expect(await resolve({ 'package.json': '{}', Makefile: 'test:\n' }, 'test')).toBe('make test')
  })

  it('runs the commands of every language at the root, and fails as the last one that failed', async () => {
    const both = { 'Cargo.toml': '[package]', 'package.json': packageJson({ test: 'vitest run' }) }
    expect(await createCommandResolver({ files: project(both) }).resolve('test')).toMatchObject({
      command: 'failed=0\n(\nnpm test\n) || failed=$?\n(\ncargo test\n) || failed=$?\nexit "$failed"',
      label: 'npm test and cargo test',
      runners: ['vitest', 'cargo test'],
      ecosystem: 'node+rust',
    })
    // Half of a check would pass for the whole of it.
    const findProgram = (name: string): string | null => (name === 'npm' ? '/usr/bin/npm' : null)
    expect(await resolve(both, 'test', { findProgram })).toBe(
      '– Cargo.toml is present, but cargo is not on PATH [install cargo, or set test = "…" under [gates] in gump.toml]',
    )
  })

  it('lets no nested project answer for a root with a language of its own', async () => {
    const nested = { 'web/package.json': packageJson({ test: 'jest' }) }
    for (const root of ['pubspec.yaml', 'MODULE.bazel', 'm.cabal', 'main.c', 'src/main.nim', 'lib/x.dart']) {
      expect(await resolve({ [root]: '', ...nested }, 'test'), root).toMatch(/^– /)
      expect(await resolve({ [root]: '', ...nested }, 'compile', { changedFiles: [root] }), root).toMatch(
        /^– /,
      )
    }
    for (const folder of ['docs', 'website', 'examples/x', 'test/fixture', 'fuzz', 'tools/y']) {
      expect(await resolve({ [`${folder}/package.json`]: packageJson({ test: 'jest' }) }, 'test')).toMatch(
        /^– no project file/,
      )
    }
  })

  it('uses the one project in a folder below', async () => {
    const files = {
      'README.md': '',
      'services/api/go.mod': '',
      'services/api/cmd/x/go.mod': '',
      'scripts/x.py': '',
      'node_modules/a/package.json': '{}',
      'docs/.x/package.json': '{}',
    }
    expect(await resolve(files, 'test')).toBe('cd services/api && go test ./...')
    expect(await resolve(files, 'coverage')).toMatch(/^cd services\/api && \{\n[^]*\n\}$/)
    expect(await resolve(files, 'tests_found')).toBe('cd services/api && go test -list . ./...')
    expect(await resolve({ "it's here/Cargo.toml": '' }, 'test')).toBe(
      String.raw`cd $'it\'s here' && cargo test`,
    )
    expect(await resolve({ '-rf/Cargo.toml': '' }, 'test')).toBe('cd ./-rf && cargo test')
    expect(await resolve({ Makefile: 'all:\n', 'api/go.mod': '' }, 'test')).toBe('cd api && go test ./...')
  })

  it('takes none of several projects below', async () => {
    expect(await resolve({ 'api/go.mod': '', 'web/package.json': '{}' }, 'test')).toBe(
      '– there are projects in api, web and none at the root [set test = "cd api && …" under [gates] in gump.toml]',
    )
  })

  it('says so when there is nothing', async () => {
    expect(await resolve({}, 'compile')).toMatch(
      /^– no project file was found .* \[set compile = "…" under \[gates\] in gump\.toml\]$/,
    )
  })

  it('notices missing programs', async () => {
    const findProgram = (name: string): string | null => (name === 'npm' ? '/usr/bin/npm' : null)
    expect(await resolve({ 'go.mod': '' }, 'test', { findProgram })).toBe(
      '– go.mod is present, but go is not on PATH [install go, or set test = "…" under [gates] in gump.toml]',
    )
    const resolver = createCommandResolver({
      files: project({ 'package.json': packageJson({ test: 'jest' }), 'yarn.lock': '' }),
      findProgram,
    })
    expect(await resolver.resolve('test')).toMatchObject({
      command: 'npm test',
      because: 'package.json has a "test" script and yarn.lock is present, but yarn is not on PATH',
    })
    expect(await resolve({ 'go.mod': '' }, 'test', { findProgram, overrides: { test: 'go test' } })).toBe(
      'go test',
    )
  })

  it('checks the syntax of changed files where nothing compiles', async () => {
    const changedFiles = ['a.js', 'it is/b.mjs', 'c.ts', '-d.cjs', 'e.py']
    const command = await resolve({ 'package.json': '{}', 'requirements.txt': '' }, 'compile', {
      changedFiles,
    })
    expect(command).toContain("for file in ./a.js $'./it is/b.mjs' ./-d.cjs; do node --check")
    expect(command).toContain("python3 -c '")
    expect(command).not.toContain('c.ts')
    const answer = await createCommandResolver({
      files: project({ 'package.json': '{}' }),
      changedFiles,
    }).resolve('compile')
    expect(answer).toMatchObject({
      status: 'resolved',
      because: 'JavaScript has no compile step here, so the syntax of 3 changed files is checked',
    })
    expect(
      await resolve({ 'package.json': '{}' }, 'compile', { changedFiles, findProgram: () => null }),
    ).toMatch(/^– JavaScript files were changed and node is not on PATH/)
  })

  it('is asked once for each alias', async () => {
    let reads = 0
    const files = project({ 'package.json': packageJson({ test: 'jest' }) })
    const counting = { ...files, readFile: async (path: string) => ((reads += 1), files.readFile(path)) }
    const resolver = createCommandResolver({ files: counting })
    await resolver.resolve('test')
    const first = reads
    expect(await resolver.resolve('test')).toBe(await resolver.resolve('test'))
    await resolver.resolve('lint')
    expect(reads).toBe(first)
  })
})

describe('firstResolved', () => {
  it('falls back to the next, and keeps the first reason', async () => {
    const empty = createCommandResolver({ files: project({}) })
    const go = createCommandResolver({ files: project({ 'go.mod': '' }) })
    expect(await firstResolved([empty, go]).resolve('test')).toMatchObject({ command: 'go test ./...' })
    expect(await firstResolved([empty, empty]).resolve('test')).toEqual(await empty.resolve('test'))
  })
})

describe('resolutionChanges', () => {
  it('names aliases that mean something else, also behind the same command', async () => {
    const at = (
      test: string,
      more: Record<string, string> = {},
      changedFiles: string[] = [],
    ): ReturnType<typeof createCommandResolver> =>
      createCommandResolver({
        files: project({ 'package.json': packageJson({ test, ...more }) }),
        changedFiles,
      })
    const aliases = ['compile', 'test', 'lint']
    expect(await resolutionChanges(at('jest'), at('jest', {}, ['a.js']), aliases)).toEqual([])
    expect(await resolutionChanges(at('jest'), at('true', { lint: 'x' }), aliases)).toEqual([
      { alias: 'test', before: 'npm test (jest)', after: 'npm test (true)' },
      { alias: 'lint', before: null, after: 'npm run lint (x)' },
    ])
    const through = (inner: string): ReturnType<typeof createCommandResolver> =>
      at('npm run unit', { unit: inner })
    expect(await resolutionChanges(through('jest'), through('true'), ['test'])).toHaveLength(1)
  })
})
