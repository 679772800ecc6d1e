import {
  needing,
  type Answer,
  type Ecosystem,
  type Project,
  type ProjectCommands,
} from '../commands/ecosystem.js'
import { measuringCoverage } from '../project/node-coverage.js'
import {
  choosePackageManager,
  runnablePackageManager,
  type ChosenManager,
} from '../project/package-manager.js'
import { packageScripts, runDirectly, type PackageScripts } from '../project/package-scripts.js'
import { parseJson, valueAt } from '../project/parse-config.js'

const COMPILE = ['build', 'compile', 'typecheck', 'type-check', 'check-types']
const COVERAGE = ['coverage', 'test:coverage', 'test:cov', 'cover']

/** JavaScript and TypeScript with npm, pnpm, Yarn or Bun. Only scripts that exist are called. */
export const node: Ecosystem = {
  name: 'node',
  title: 'Node',
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
    const test = await scriptAnswer(project, chosen, scripts, 'test')
    const compile = await compiling(project, chosen, scripts)
    const lint = await scriptAnswer(project, chosen, scripts, 'lint')
    const coverage = await covering(project, chosen, scripts, dependencyNames(parsed))
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
    if (lockfile === null) return null
    const text = (await project.files.readFile(lockfile)) ?? ''
    return {
      lockfile,
      command: manager.install(lockfile, text),
      program: manager.name,
      produces: ['node_modules/'],
    }
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
  { manager, because }: ChosenManager,
  scripts: PackageScripts,
  name: string,
): Promise<Answer | null> {
  const definition = scripts.expanded(name)
  if (definition === null) return null
  return needing(project, manager.name, {
    command: manager.script(name),
    because: `package.json has a "${name}" script and ${because}`,
    definition,
    direct: runDirectly(definition),
  })
}

async function compiling(
  project: Project,
  chosen: ChosenManager,
  scripts: PackageScripts,
): Promise<Answer | null> {
  const script = scripts.first(COMPILE)
  if (script !== null) return scriptAnswer(project, chosen, scripts, script)
  const tsconfig = await project.files.readFile('tsconfig.json')
  if (tsconfig === null) return null
  // A tsconfig that only refers to others checks nothing by itself.
  const solution = /"references"\s*:\s*\[\s*\{/.test(tsconfig) && /"files"\s*:\s*\[\s*\]/.test(tsconfig)
  return needing(project, chosen.manager.name, {
    command: `${chosen.manager.exec} tsc ${solution ? '-b' : '--noEmit'}`,
    because: `tsconfig.json is present, package.json has no build script, and ${chosen.because}`,
  })
}

async function covering(
  project: Project,
  chosen: ChosenManager,
  scripts: PackageScripts,
  dependencies: ReadonlySet<string>,
): Promise<Answer | null> {
  const script = scripts.first(COVERAGE)
  if (script !== null) return scriptAnswer(project, chosen, scripts, script)
  const command = measuringCoverage(scripts.expanded('test') ?? '', dependencies)
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
