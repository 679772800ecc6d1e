import { escapeControl } from '@gump/errors'
import { findProjects } from '../project/find-projects.js'
import { filesBelow, type ProjectFiles } from '../project/project-files.js'
import { ecosystems } from '../resolution/index.js'
import { isPresent, type FindProgram } from './find-program.js'
import { inFolder } from './in-folder.js'

/** How to give a fresh worktree what the project depends on. */
export interface SetupPlan {
  /** Shell text for bash, to be run in the worktree's root one after the other. */
  readonly commands: readonly string[]
  /** The same, with what is known of each. */
  readonly steps: readonly SetupStep[]
  /** Their contents decide whether an earlier setup is still right. Relative to the root. */
  readonly lockfiles: readonly string[]
  /** What the commands make and no commit may take in, as `.gitignore` patterns of the root. */
  readonly produces: readonly string[]
  /** `pnpm-lock.yaml is present`; also what was left out and why. */
  readonly because: string
}

/** One command of a set-up. */
export interface SetupStep {
  readonly command: string
  /** False: nothing pins what it installs, so that a copy of what is installed already is as good. */
  readonly pinned: boolean
  /** Folders of this name hold all that it installs, and can be copied to another worktree; null: they cannot. */
  readonly clones: string | null
  /** Below which folder of the project; `''` is the root. */
  readonly folder: string
  /** False: it fills a cache of the machine, and once is enough. */
  readonly local: boolean
}

/** What {@link resolveSetup} works with. */
export interface SetupOptions {
  readonly files: ProjectFiles
  /** Absent: every program is taken to be there. */
  readonly findProgram?: FindProgram
}

/**
 * The lockfiles' own frozen installs, offline where the tool can, for the same projects that gate commands come from.
 * A lockfile whose tool is not installed is left out, and `because` says so.
 *
 * @returns Null when nothing is to be installed.
 *
 * @example
 * ```ts
 * await resolveSetup({ files: diskFiles('/repo') })
 * // { commands: ['npm ci --prefer-offline --no-audit --no-fund'], lockfiles: ['package-lock.json'],
 * //   produces: ['node_modules/'], because: 'package-lock.json is present' }
 * ```
 */
export async function resolveSetup(options: SetupOptions): Promise<SetupPlan | null> {
  const { files, findProgram } = options
  const has = async (program: string): Promise<boolean> => isPresent(findProgram, program)
  const steps: SetupStep[] = []
  const lockfiles: string[] = []
  const produces: string[] = []
  const reasons: string[] = []

  for (const { ecosystem, folder, marker } of (await findProjects(files, ecosystems)).found) {
    const part = (await ecosystem.setup?.({ files: filesBelow(files, folder), marker, has })) ?? null
    if (part === null) continue
    const lockfile = below(folder, part.lockfile ?? marker)
    if (!(await has(part.program))) {
      reasons.push(`${lockfile} is present, but ${part.program} is not on PATH, so it is left out`)
      continue
    }
    reasons.push(
      part.lockfile === null ? `${lockfile} is present, without a lockfile` : `${lockfile} is present`,
    )
    lockfiles.push(lockfile)
    steps.push({
      command: await inFolder(folder, part.command),
      pinned: part.lockfile !== null,
      clones: part.clones ?? null,
      folder,
      local: part.produces.length > 0,
    })
    produces.push(...part.produces.map((pattern) => patternBelow(folder, pattern)))
  }
  return reasons.length === 0
    ? null
    : {
        commands: steps.map(({ command }) => command),
        steps,
        lockfiles,
        produces,
        because: escapeControl(reasons.join('; ')),
      }
}

function below(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}

/** A `.gitignore` pattern of a folder, as one of the root. */
function patternBelow(folder: string, pattern: string): string {
  if (folder === '') return pattern
  const escaped = folder.replace(/[\\*?[\]!# ]/g, '\\$&')
  return pattern.startsWith('/') ? `/${escaped}${pattern}` : `/${escaped}/**/${pattern}`
}
