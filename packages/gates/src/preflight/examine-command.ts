import { isPresent, type FindProgram } from '../commands/find-program.js'
import type { ResolvedCommand } from '../contract.js'
import { parseJson, valueAt } from '../project/parse-config.js'
import type { ProjectFiles } from '../project/project-files.js'
import { neededPrograms, type NeededProgram } from './needed-programs.js'

/** A program that is not there. */
export interface AbsentProgram {
  readonly name: string
  /** `npm test → bun test`; empty when the command itself names it. */
  readonly via: string
  /** True when the set-up of the worktree is expected to bring it. */
  readonly fromSetup: boolean
  /** False when the command may succeed without it: it is in a branch, or something earlier in the command may bring it. */
  readonly isRequired: boolean
}

/** What {@link examineCommand} looks at. */
export interface CommandExamination {
  /** The files that the command will run on. */
  readonly files: ProjectFiles
  /** What is installed in the user's checkout: `node_modules/.bin`, `.venv/bin`. */
  readonly installed: ProjectFiles
  readonly findProgram: FindProgram
  /** True when a set-up will run before the command. */
  readonly setUp: boolean
}

/** Names of programs whose package is called differently. */
const PACKAGES: Readonly<Record<string, string>> = {
  tsc: 'typescript',
  ng: '@angular/cli',
  nx: 'nx',
  biome: '@biomejs/biome',
  changeset: '@changesets/cli',
  playwright: '@playwright/test',
  'run-s': 'npm-run-all',
  'run-p': 'npm-run-all',
  cypress: 'cypress',
  nest: '@nestjs/cli',
  storybook: 'storybook',
  babel: '@babel/cli',
  swc: '@swc/cli',
  sass: 'sass',
}
/** What npm packages do not bring under these names, or only by being named as a dependency. */
const NEVER_FROM_NPM = new Set([
  'bun',
  'deno',
  'node',
  'npm',
  'npx',
  'pnpm',
  'yarn',
  'corepack',
  'git',
  'make',
  'cmake',
  'meson',
  'ninja',
  'go',
  'cargo',
  'rustc',
  'python',
  'python3',
  'pip',
  'pip3',
  'uv',
  'uvx',
  'poetry',
  'hatch',
  'tox',
  'nox',
  'pre-commit',
  'ruby',
  'bundle',
  'rake',
  'gem',
  'php',
  'composer',
  'java',
  'mvn',
  'gradle',
  'dotnet',
  'docker',
  'docker-compose',
  'podman',
  'kubectl',
  'helm',
  'terraform',
  'golangci-lint',
  'gcc',
  'cc',
  'clang',
  'swift',
  'zig',
  'just',
  'task',
  'bazel',
  'buck2',
  'nix',
  'shellcheck',
  'shfmt',
  'bats',
  'jq',
  'curl',
  'wget',
  'psql',
  'sqlite3',
  'gotestsum',
  'wasm-pack',
  'protoc',
  'buf',
  'emcc',
  'watchman',
  'act',
])

/**
 * Looks up the programs that a command would start, through scripts and recipes, without running anything. Only what
 * is known to be absent is named.
 */
export async function examineCommand(
  command: ResolvedCommand,
  examination: CommandExamination,
): Promise<AbsentProgram[]> {
  const { files, findProgram } = examination
  const absent: AbsentProgram[] = []
  for (const program of await neededPrograms(files, command.command)) {
    if (await isPresent(findProgram, program.name)) continue
    if (await isInstalled(examination.installed, program)) continue
    const brought = await isBrought(examination, program)
    if (brought !== null)
      absent.push({
        name: program.name,
        via: program.via.join(' → '),
        fromSetup: brought,
        isRequired: program.isRequired,
      })
  }
  return absent
}

async function isInstalled(installed: ProjectFiles, { name, scope }: NeededProgram): Promise<boolean> {
  const folders =
    scope === 'node' ? ['node_modules/.bin'] : scope === 'python' ? ['.venv/bin', 'venv/bin'] : []
  for (const folder of [...folders, 'node_modules/.bin']) {
    if ((await installed.list(folder)).includes(name)) return true
  }
  return false
}

/** True when the set-up is expected to bring it. */
async function isBrought(
  { files, setUp }: CommandExamination,
  { name, scope }: NeededProgram,
): Promise<boolean> {
  if (scope === 'system') return false
  if (scope === 'python') return setUp
  const dependencies = await dependencyNames(files)
  const packageName = PACKAGES[name] ?? name
  const named =
    dependencies.has(packageName) ||
    dependencies.has(`${packageName}2`) ||
    [...dependencies].some((each) => each.endsWith(`/${name}`))
  if (named) return setUp
  if (NEVER_FROM_NPM.has(name)) return false
  const lock = (await files.readFile('package-lock.json')) ?? ''
  if (lock.includes(`"${name}":`)) return setUp
  // A package may bring programs of any name.
  return setUp && dependencies.size > 0
}

async function dependencyNames(files: ProjectFiles): Promise<ReadonlySet<string>> {
  const parsed = parseJson((await files.readFile('package.json')) ?? '')
  return new Set(
    ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((key) => {
      const value = valueAt(parsed, key)
      return typeof value === 'object' && value !== null ? Object.keys(value) : []
    }),
  )
}
