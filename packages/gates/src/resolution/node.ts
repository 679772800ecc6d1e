import {
  needing,
  type Answer,
  type Ecosystem,
  type FoundCommand,
  type Project,
  type ProjectCommands,
} from '../commands/ecosystem.js'
import { measuringCoverage } from '../project/node-coverage.js'
import { scriptsFor } from '../project/node-targets.js'
import { inEveryPackage, workspacePackages } from '../project/node-workspaces.js'
import {
  choosePackageManager,
  runnablePackageManager,
  type ChosenManager,
} from '../project/package-manager.js'
import { packageScripts, runDirectly, type PackageScripts } from '../project/package-scripts.js'
import { parseJson, valueAt } from '../project/parse-config.js'

/** JavaScript and TypeScript with npm, pnpm, Yarn or Bun. Only scripts that exist are called. */
export const node: Ecosystem = {
  name: 'node',
  title: 'Node',
  sources: ['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx', '.vue', '.svelte', '.astro'],
  marker: async (files) => ((await files.exists('package.json')) ? 'package.json' : null),
  async commands(project) {
    const text = (await project.files.readFile('package.json')) ?? ''
    const parsed = parseJson(text)
    if (parsed === null) {
      const broken: Answer = { because: 'package.json is not valid JSON', remedy: 'correct package.json' }
      return { compile: broken, test: broken, lint: broken, coverage: broken }
    }
    const scripts = packageScripts(text)
    const chosen = await runnablePackageManager(project)
    const dependencies = dependencyNames(parsed)
    const test =
      (await scriptAnswer(project, chosen, scripts, 'test')) ?? (await bunTest(project, chosen, dependencies))
    const compile =
      (await scriptAnswer(project, chosen, scripts, 'compile')) ?? (await typeChecking(project, chosen))
    const lint =
      (await scriptAnswer(project, chosen, scripts, 'lint')) ??
      (await ownLinter(project, chosen, scripts, dependencies))
    const coverage = await covering(project, chosen, scripts, dependencies)
    return {
      test: test ?? {
        because: 'package.json has no "test" script that runs tests',
        remedy: 'add a "test" script to package.json',
      },
      ...(compile === null ? {} : { compile }),
      ...(lint === null ? {} : { lint }),
      ...(coverage === null ? {} : { coverage }),
    } satisfies ProjectCommands
  },
  async setup(project) {
    const { manager, lockfile } = await choosePackageManager(project)
    const shared = { program: manager.name, produces: ['node_modules/'], clones: 'node_modules' }
    if (lockfile === null) {
      const parsed = parseJson((await project.files.readFile('package.json')) ?? '')
      const needs = dependencyNames(parsed).size > 0 || (await workspacePackages(project.files)).length > 0
      return needs ? { ...shared, lockfile, command: manager.plainInstall } : null
    }
    const text = (await project.files.readFile(lockfile)) ?? ''
    return { ...shared, lockfile, command: manager.install(lockfile, text) }
  },
  syntax: {
    language: 'JavaScript',
    extensions: ['.js', '.mjs', '.cjs'],
    programs: ['node'],
    command: (node, files) =>
      `code=0; for file in ${files}; do ${node} --check "$file" || code=1; done; exit "$code"`,
  },
}

async function scriptAnswer(
  project: Project,
  chosen: ChosenManager,
  scripts: PackageScripts,
  alias: 'test' | 'compile' | 'lint' | 'coverage',
): Promise<Answer | null> {
  const { manager, because } = chosen
  const names = scriptsFor(alias, scripts)
  if (names.length > 0) {
    const definitions = names.map((name) => scripts.expanded(name) ?? '')
    const definition =
      definitions.length === 1 ? (definitions[0] ?? '') : definitions.map((each) => `(${each})`).join(' && ')
    const quoted = names.map((name) => `"${name}"`).join(', ')
    return needing(project, manager.name, {
      command: names.map((name) => manager.script(name)).join(' && '),
      because: `package.json has ${names.length === 1 ? 'a ' : 'the scripts '}${quoted}${names.length === 1 ? ' script' : ''} and ${because}`,
      definition,
      direct: runDirectly(definition),
    })
  }
  const inPackages = {
    test: ['test', 'test:unit'],
    compile: ['build', 'typecheck'],
    lint: ['lint'],
    coverage: ['coverage'],
  }
  const everywhere = await inEveryPackage(project.files, manager, inPackages[alias])
  if (everywhere === null) return null
  return needing(project, manager.name, {
    command: everywhere.command,
    because: `packages of the workspace have a "${everywhere.script}" script and ${because}`,
    definition: everywhere.definition,
    direct: everywhere.direct,
  })
}

/** Bun runs tests without any script. */
async function bunTest(
  project: Project,
  { manager, because }: ChosenManager,
  dependencies: ReadonlySet<string>,
): Promise<Answer | null> {
  const uses =
    manager.name === 'bun' ||
    dependencies.has('@types/bun') ||
    dependencies.has('bun-types') ||
    (await project.files.exists('bunfig.toml'))
  if (!uses) return null
  for (const folder of ['', 'test', 'tests', 'src', '__tests__', 'src/__tests__']) {
    const file = (await project.files.list(folder)).find((name) =>
      /[._](?:test|spec)\.[cm]?[jt]sx?$/.test(name),
    )
    if (file === undefined) continue
    const shown = folder === '' ? file : `${folder}/${file}`
    return needing(project, 'bun', {
      command: 'bun test',
      because: `${because}, and ${shown} is a test file`,
    })
  }
  return null
}

async function typeChecking(project: Project, chosen: ChosenManager): Promise<Answer | null> {
  const tsconfig = await project.files.readFile('tsconfig.json')
  if (tsconfig === null) return null
  // A tsconfig that only refers to others checks nothing by itself.
  const solution = /"references"\s*:\s*\[\s*\{/.test(tsconfig) && /"files"\s*:\s*\[\s*\]/.test(tsconfig)
  return needing(project, chosen.manager.name, {
    command: `${chosen.manager.exec} tsc ${solution ? '-b' : '--noEmit'}`,
    because: `tsconfig.json is present, package.json has no build script, and ${chosen.because}`,
  })
}

/** Projects that call their linter within their test script only, or by hand. */
async function ownLinter(
  { files }: Project,
  { manager }: ChosenManager,
  scripts: PackageScripts,
  dependencies: ReadonlySet<string>,
): Promise<FoundCommand | null> {
  const test = scripts.expanded('test') ?? ''
  const linter = ['xo', 'standard', 'neostandard', 'semistandard', 'ts-standard'].find(
    (name) => dependencies.has(name) && new RegExp(`(?<![\\w./@-])${name}(?![\\w./@-])`).test(test),
  )
  if (linter !== undefined)
    return {
      command: `${manager.exec} ${linter}`,
      because: `the "test" script of package.json runs ${linter}`,
    }
  const configured = (await files.list('')).find((name) =>
    /^(?:\.eslintrc(?:\.|$)|eslint\.config\.)/.test(name),
  )
  return configured !== undefined && dependencies.has('eslint')
    ? { command: `${manager.exec} eslint .`, because: `${configured} is present and eslint is a dependency` }
    : null
}

async function covering(
  project: Project,
  chosen: ChosenManager,
  scripts: PackageScripts,
  dependencies: ReadonlySet<string>,
): Promise<Answer | null> {
  const script = await scriptAnswer(project, chosen, scripts, 'coverage')
  if (script !== null) return script
  const test = scriptsFor('test', scripts)
    .map((name) => scripts.expanded(name) ?? '')
    .join(' && ')
  const command = measuringCoverage(test, dependencies)
  return command === null
    ? null
    : {
        command: runDirectly(command),
        label: `${chosen.manager.script('test')} (coverage)`,
        because: 'the "test" script runs tests that can measure coverage',
      }
}

function dependencyNames(packageJson: unknown): ReadonlySet<string> {
  return new Set(
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) => {
      const value = valueAt(packageJson, key)
      return typeof value === 'object' && value !== null ? Object.keys(value) : []
    }),
  )
}
