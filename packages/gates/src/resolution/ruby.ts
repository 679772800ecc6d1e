import { needing, type Answer, type Ecosystem, type Project } from '../commands/ecosystem.js'
import { firstExisting } from '../project/project-files.js'

/** Ruby with or without Bundler. */
export const ruby: Ecosystem = {
  name: 'ruby',
  title: 'Ruby',
  sources: ['.rb', '.rake'],
  async marker(files) {
    const named = await firstExisting(files, ['Gemfile', 'Rakefile', '.rspec'])
    return named ?? (await files.list('')).find((name) => name.endsWith('.gemspec')) ?? null
  },
  async commands(project) {
    const test = await tests(project)
    const gemfile = await gems(project)
    const linter = ['rubocop', 'standard'].find((name) => new RegExp(`['"]${name}['"]`).test(gemfile))
    return {
      ...(test === null ? {} : { test }),
      ...(linter === undefined
        ? {}
        : {
            lint: await run(
              project,
              linter === 'standard' ? 'standardrb' : linter,
              `${linter} is a dependency`,
            ),
          }),
      ...(test !== null && gemfile.includes('simplecov') ? { coverage: test } : {}),
    }
  },
  async setup({ files }) {
    if (!(await files.exists('Gemfile.lock'))) return null
    return {
      lockfile: 'Gemfile.lock',
      command: 'BUNDLE_FROZEN=true bundle install --prefer-local',
      program: 'bundle',
      produces: ['/vendor/bundle/', '/.bundle/'],
    }
  },
  syntax: {
    language: 'Ruby',
    extensions: ['.rb'],
    programs: ['ruby'],
    command: (ruby, files) =>
      `code=0; for file in ${files}; do ${ruby} -c "$file" >/dev/null || code=1; done; exit "$code"`,
  },
}

const SPEC = /_spec\.rb$|^spec_.*\.rb$/
const TEST = /_test\.rb$|^test_.*\.rb$|_spec\.rb$|^spec_.*\.rb$/

async function tests(project: Project): Promise<Answer | null> {
  const { files } = project
  const rakefile = (await files.readFile('Rakefile')) ?? (await files.readFile('rakefile')) ?? ''
  const minitest = /minitest|test-unit/.test(await gems(project)) || /Minitest|TestTask/.test(rakefile)
  const specs = (await files.list('spec')).some(
    (name) => SPEC.test(name) || name.endsWith('/') || name === 'spec_helper.rb',
  )
  const helper = (await files.readFile('spec/spec_helper.rb')) ?? ''
  const rspec =
    (await files.exists('.rspec')) ||
    (specs &&
      (/RSpec/.test(helper) ||
        /['"]rspec/.test(await gems(project)) ||
        !(minitest || /minitest/i.test(helper))))
  if (rspec) return run(project, 'rspec', 'it has specs')
  if (await files.exists('bin/rails')) {
    return needing(project, 'ruby', { command: 'ruby bin/rails test', because: 'bin/rails is present' })
  }
  if (/TestTask|(?:^|\s)task[\s(]+:?["']?test\b/.test(rakefile)) {
    const tested = await run(project, 'rake test', 'Rakefile has a test task')
    const patterns = [
      ...rakefile.matchAll(/(["'])((?:\.\/)?(?:test|tests|spec)\/[\w./*{},?[\]-]*\.rb)\1/g),
    ].map(([, , glob]) => glob ?? '')
    return 'command' in tested && patterns.length > 0
      ? { ...tested, testFiles: [...new Set(patterns)] }
      : tested
  }
  for (const folder of ['test', 'tests', 'spec']) {
    if (!(await files.list(folder)).some((name) => TEST.test(name))) continue
    const each = `Dir["./${folder}/**/{test_*,*_test,spec_*,*_spec}.rb"].sort.each { |file| require file }`
    const found = await run(project, `ruby -Ilib -I${folder} -e '${each}'`, `${folder} has test files`)
    return 'command' in found ? { ...found, label: `ruby, the tests of ${folder}` } : found
  }
  return null
}

/** Everything that names a gem: the Gemfile and gemspecs. */
async function gems({ files }: Project): Promise<string> {
  const specs = (await files.list('')).filter((name) => name.endsWith('.gemspec'))
  const texts = await Promise.all(['Gemfile', ...specs].map(async (path) => files.readFile(path)))
  return texts.map((text) => text ?? '').join('\n')
}

async function run(project: Project, command: string, why: string): Promise<Answer> {
  if (!(await project.files.exists('Gemfile'))) {
    return needing(project, command.split(' ')[0] ?? command, {
      command,
      because: `${project.marker} is present, ${why}`,
    })
  }
  return needing(project, 'bundle', {
    command: `bundle exec ${command}`,
    because: `Gemfile is present, ${why}`,
  })
}
