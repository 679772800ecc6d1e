import { needing, type Answer, type Ecosystem, type Project } from '../commands/ecosystem.js'
import { firstExisting } from '../project/project-files.js'
import { parseJson, stringAt } from '../project/parse-config.js'

/** PHP with Composer, PHPUnit or Pest. */
export const php: Ecosystem = {
  name: 'php',
  title: 'PHP',
  marker: async (files) => firstExisting(files, ['composer.json', 'phpunit.xml', 'phpunit.xml.dist']),
  async commands(project) {
    const { files } = project
    const composer = parseJson((await files.readFile('composer.json')) ?? '')
    const runner = await testProgram(project)
    const test = (await script(project, composer, 'test')) ?? runner
    const lint = (await script(project, composer, 'lint')) ?? (await analyser(project))
    return {
      ...(test === null ? {} : { test }),
      ...(lint === null ? {} : { lint }),
      ...(runner !== null && 'command' in runner
        ? { coverage: { ...runner, command: `XDEBUG_MODE=coverage ${runner.command} --coverage-text` } }
        : {}),
    }
  },
  async setup({ files }) {
    if (!(await files.exists('composer.lock'))) return null
    return {
      lockfile: 'composer.lock',
      command: 'composer install --no-interaction --no-progress --prefer-dist',
      program: 'composer',
      produces: ['/vendor/'],
    }
  },
  syntax: {
    language: 'PHP',
    extensions: ['.php'],
    programs: ['php'],
    command: (php, files) =>
      `code=0; for file in ${files}; do ${php} -l "$file" || code=1; done; exit "$code"`,
  },
}

async function script(project: Project, composer: unknown, name: string): Promise<Answer | null> {
  const definition = stringAt(composer, 'scripts', name)
  if (definition === null) return null
  const because = `composer.json has a "${name}" script: ${definition}`
  return needing(project, 'composer', {
    command: `composer run-script ${name}`,
    because,
    definition,
    direct: `export PATH="$PWD/vendor/bin:$PATH"; ${definition}`,
  })
}

async function testProgram(project: Project): Promise<Answer | null> {
  const { files } = project
  if (await files.exists('artisan')) {
    return needing(project, 'php', { command: 'php artisan test', because: 'artisan is present' })
  }
  if (await files.exists('tests/Pest.php')) {
    return needing(project, 'php', { command: 'php vendor/bin/pest', because: 'tests/Pest.php is present' })
  }
  const config = await firstExisting(files, ['phpunit.xml', 'phpunit.xml.dist', 'phpunit.dist.xml'])
  if (config === null) return null
  return needing(project, 'php', { command: 'php vendor/bin/phpunit', because: `${config} is present` })
}

async function analyser(project: Project): Promise<Answer | null> {
  const config = await firstExisting(project.files, [
    'phpstan.neon',
    'phpstan.neon.dist',
    'phpstan.dist.neon',
  ])
  if (config === null) return null
  return needing(project, 'php', {
    command: 'php vendor/bin/phpstan analyse --no-progress',
    because: `${config} is present`,
  })
}
