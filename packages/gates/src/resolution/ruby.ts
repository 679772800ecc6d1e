import { needing, type Answer, type Ecosystem, type Project } from '../commands/ecosystem.js'
import { firstExisting } from '../project/project-files.js'

/** Ruby with or without Bundler. */
export const ruby: Ecosystem = {
  name: 'ruby',
  title: 'Ruby',
  async marker(files) {
    const named = await firstExisting(files, ['Gemfile', 'Rakefile', '.rspec'])
    return named ?? (await files.list('')).find((name) => name.endsWith('.gemspec')) ?? null
  },
  async commands(project) {
    const test = await tests(project)
    const gemfile = (await project.files.readFile('Gemfile')) ?? ''
    const rubocop = (await project.files.exists('.rubocop.yml')) || /['"]rubocop/.test(gemfile)
    return {
      ...(test === null ? {} : { test }),
      ...(rubocop ? { lint: await run(project, 'rubocop', 'RuboCop is configured') } : {}),
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

async function tests(project: Project): Promise<Answer | null> {
  const { files } = project
  if ((await files.exists('.rspec')) || (await files.list('spec')).length > 0) {
    return run(project, 'rspec', 'it has specs')
  }
  if (await files.exists('bin/rails')) {
    return needing(project, 'ruby', { command: 'ruby bin/rails test', because: 'bin/rails is present' })
  }
  const rakefile = (await files.readFile('Rakefile')) ?? ''
  if (/TestTask|task[\s(]+:?["']?test/.test(rakefile))
    return run(project, 'rake test', 'Rakefile has a test task')
  return null
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
