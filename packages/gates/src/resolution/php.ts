import { needing, type Answer, type Ecosystem, type Project } from '../commands/ecosystem.js'
import { firstExisting } from '../project/project-files.js'
import { parseJson, stringAt, valueAt } from '../project/parse-config.js'

/** PHP with Composer, PHPUnit or Pest. */
export const php: Ecosystem = {
  name: 'php',
  title: 'PHP',
  sources: ['.php'],
  marker: async (files) => firstExisting(files, ['composer.json', 'phpunit.xml', 'phpunit.xml.dist']),
  async commands(project) {
    const { files } = project
    const composer = parseJson((await files.readFile('composer.json')) ?? '')
    const runner = await testProgram(project)
    const test = (await script(project, composer, 'test')) ?? runner
    const lint = (await lintScript(project, composer)) ?? (await analyser(project, composer))
    return {
      ...(test === null ? {} : { test }),
      ...(lint === null ? {} : { lint }),
      ...(runner !== null && 'command' in runner
        ? { coverage: { ...runner, command: `XDEBUG_MODE=coverage ${runner.command} --coverage-text` } }
        : {}),
    }
  },
  async setup({ files }) {
    const composer = parseJson((await files.readFile('composer.json')) ?? '')
    const locked = await files.exists('composer.lock')
    const needs = [...keysAt(composer, 'require'), ...keysAt(composer, 'require-dev')].some((name) =>
      name.includes('/'),
    )
    if (!locked && !needs) return null
    return {
      lockfile: locked ? 'composer.lock' : null,
      command: 'composer install --no-interaction --no-progress --prefer-dist',
      program: 'composer',
      produces: ['/vendor/'],
      clones: 'vendor',
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

async function lintScript(project: Project, composer: unknown): Promise<Answer | null> {
  for (const name of [
    'lint',
    'test:lint',
    'phpstan',
    'analyse',
    'analyze',
    'stan',
    'cs',
    'check-style',
    'phpcs',
  ]) {
    const found = await script(project, composer, name)
    if (found !== null) return found
  }
  return null
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

/** Analysers that Composer installs; a configuration alone is no part of the project. */
const ANALYSERS: readonly (readonly [packageName: string, configs: readonly string[], command: string])[] = [
  [
    'phpstan/phpstan',
    ['phpstan.neon', 'phpstan.neon.dist', 'phpstan.dist.neon'],
    'phpstan analyse --no-progress',
  ],
  ['larastan/larastan', ['phpstan.neon', 'phpstan.neon.dist'], 'phpstan analyse --no-progress'],
  ['vimeo/psalm', ['psalm.xml', 'psalm.xml.dist'], 'psalm --no-progress'],
  ['squizlabs/php_codesniffer', ['phpcs.xml', 'phpcs.xml.dist', '.phpcs.xml', '.phpcs.xml.dist'], 'phpcs'],
  ['laravel/pint', ['pint.json'], 'pint --test'],
  [
    'friendsofphp/php-cs-fixer',
    ['.php-cs-fixer.php', '.php-cs-fixer.dist.php'],
    'php-cs-fixer fix --dry-run --diff',
  ],
]

async function analyser(project: Project, composer: unknown): Promise<Answer | null> {
  for (const [name, configs, command] of ANALYSERS) {
    const required = [...keysAt(composer, 'require'), ...keysAt(composer, 'require-dev')].includes(name)
    const config = await firstExisting(project.files, configs)
    if (!required || config === null) continue
    const because = `${config} is present and ${name} is a dependency`
    return needing(project, 'php', { command: `php vendor/bin/${command}`, because })
  }
  return null
}

function keysAt(composer: unknown, key: string): string[] {
  const value = valueAt(composer, key)
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
