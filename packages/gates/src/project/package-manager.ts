import type { Project } from '../commands/ecosystem.js'
import { parseJson, stringAt } from './parse-config.js'

/** A JavaScript package manager. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun'
  readonly lockfiles: readonly string[]
  /** Shell text that runs a script of package.json. */
  script(name: string): string
  /** Shell text before a program of a dependency; never downloads one. */
  readonly exec: string
  /** Shell text that runs a script in every package of a workspace that has it. */
  everywhere(script: string): string
  /** The install without a lockfile. */
  readonly plainInstall: string
  /** The lockfile's own install. */
  install(lockfile: string, text: string): string
}

const npm: PackageManager = {
  name: 'npm',
  lockfiles: ['package-lock.json', 'npm-shrinkwrap.json'],
  script: (name) => (name === 'test' ? 'npm test' : `npm run ${name}`),
  exec: 'npx --no-install',
  everywhere: (script) => `npm run ${script} --workspaces --if-present`,
  plainInstall: 'npm install --no-package-lock --prefer-offline --no-audit --no-fund',
  install: () => 'npm ci --prefer-offline --no-audit --no-fund',
}

const managers: readonly PackageManager[] = [
  {
    name: 'pnpm',
    lockfiles: ['pnpm-lock.yaml'],
    script: (name) => (name === 'test' ? 'pnpm test' : `pnpm run ${name}`),
    exec: 'pnpm exec',
    everywhere: (script) => `pnpm -r --if-present run ${script}`,
    plainInstall: 'pnpm install --no-lockfile --prefer-offline',
    install: () => 'pnpm install --frozen-lockfile --prefer-offline',
  },
  {
    name: 'yarn',
    lockfiles: ['yarn.lock'],
    script: (name) => (name === 'test' ? 'yarn test' : `yarn run ${name}`),
    exec: 'yarn run',
    everywhere: (script) => `yarn workspaces foreach --all run ${script}`,
    plainInstall: 'yarn install --no-lockfile --prefer-offline --non-interactive',
    // Yarn 2 and newer write `__metadata` into their lockfiles and have other options.
    install: (_, text) =>
      /^__metadata:/m.test(text)
        ? 'yarn install --immutable'
        : 'yarn install --frozen-lockfile --prefer-offline --non-interactive',
  },
  {
    name: 'bun',
    lockfiles: ['bun.lock', 'bun.lockb'],
    script: (name) => `bun run ${name}`,
    exec: 'bun run',
    everywhere: (script) => `bun run --filter '*' ${script}`,
    plainInstall: 'bun install --no-save',
    install: () => 'bun install --frozen-lockfile',
  },
  npm,
]

/** The package manager of a project and the file that says so. */
export interface ChosenManager {
  readonly manager: PackageManager
  readonly lockfile: string | null
  /** `pnpm-lock.yaml is present`. */
  readonly because: string
}

/** By lockfile, then by package.json's `packageManager`, then npm. */
export async function choosePackageManager(project: Project): Promise<ChosenManager> {
  for (const manager of managers) {
    for (const lockfile of manager.lockfiles) {
      if (await project.files.exists(lockfile))
        return { manager, lockfile, because: `${lockfile} is present` }
    }
  }
  const declared = stringAt(parseJson((await project.files.readFile('package.json')) ?? ''), 'packageManager')
  const named = managers.find((manager) => declared?.startsWith(`${manager.name}@`))
  if (named !== undefined)
    return { manager: named, lockfile: null, because: `package.json names ${named.name}` }
  return { manager: npm, lockfile: null, because: 'there is no lockfile' }
}

/** The same choice for running scripts, where npm can stand in for a manager that is not installed. */
export async function runnablePackageManager(project: Project): Promise<ChosenManager> {
  const chosen = await choosePackageManager(project)
  if (chosen.manager === npm || (await project.has(chosen.manager.name)) || !(await project.has('npm')))
    return chosen
  return { ...chosen, manager: npm, because: `${chosen.because}, but ${chosen.manager.name} is not on PATH` }
}
