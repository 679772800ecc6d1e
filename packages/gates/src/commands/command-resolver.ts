import { escapeControl } from '@gump/errors'
import type { CommandResolver, ResolvedCommand, UnresolvedCommand } from '../contract.js'
import { findProjects, type Projects } from '../project/find-projects.js'
import { filesBelow, type ProjectFiles } from '../project/project-files.js'
import { ecosystems } from '../resolution/index.js'
import {
  isFound,
  type Ecosystem,
  type FoundCommand,
  type Project,
  type ProjectCommands,
} from './ecosystem.js'
import { listingOf, runnersOf } from './listing.js'
import { isPresent, type FindProgram } from './find-program.js'
import { inFolder } from './in-folder.js'
import { syntaxCheck } from './syntax-check.js'

/** What {@link createCommandResolver} works with. */
export interface CommandResolverOptions {
  /** Where configuration is read from: {@link diskFiles}, {@link treeFiles} of the run's base commit, or your own. */
  readonly files: ProjectFiles
  /** `[gates]` of gump.toml: alias → shell text. They win over everything. */
  readonly overrides?: Readonly<Record<string, string>>
  /** Absent: every program is taken to be there. */
  readonly findProgram?: FindProgram
  /** Paths that the attempt changed and that still exist; syntax checks are made of them. Absent: nothing has run. */
  readonly changedFiles?: readonly string[]
}

type Resolution = ResolvedCommand | UnresolvedCommand

/** Aliases that projects can answer; others only have overrides. */
const PROJECT_ALIASES = ['compile', 'test', 'lint', 'coverage', 'tests_found'] as const
type ProjectAlias = (typeof PROJECT_ALIASES)[number]

/**
 * Finds the command that stands for `compile`, `test`, `lint`, `coverage` or `tests_found`: an override, or what the
 * project at the root offers, or, without one, the only project in a folder below. Every answer says why. Answers are
 * found once and kept.
 *
 * @example
 * ```ts
 * const resolver = createCommandResolver({ files: diskFiles('/repo'), findProgram: (name) => findOnPath(name, env) })
 * await resolver.resolve('test')
 * // { status: 'resolved', command: 'pnpm test', because: 'package.json has a "test" script and pnpm-lock.yaml is present', … }
 * ```
 */
export function createCommandResolver(options: CommandResolverOptions): CommandResolver {
  const { files, overrides = {} } = options
  const answers = new Map<string, Promise<Resolution>>()
  let projects: Promise<Projects> | undefined
  const offers = new Map<string, Promise<ProjectCommands>>()

  const has = async (program: string): Promise<boolean> => isPresent(options.findProgram, program)
  const offered = async (ecosystem: Ecosystem, folder: string, marker: string): Promise<ProjectCommands> => {
    const key = `${ecosystem.name}\0${folder}`
    const project: Project = { files: filesBelow(files, folder), marker, has }
    const known = offers.get(key) ?? ecosystem.commands(project)
    offers.set(key, known)
    return known
  }

  const fromProjects = async (alias: ProjectAlias): Promise<Resolution> => {
    projects ??= findProjects(files, ecosystems)
    const { found, candidates } = await projects
    const reasons: string[] = []
    const remedies: string[] = []
    for (const { ecosystem, folder, marker } of found) {
      const commands = await offered(ecosystem, folder, marker)
      const answer =
        alias === 'tests_found' ? (commands.tests_found ?? listingOf(commands.test)) : commands[alias]
      if (isFound(answer)) return resolved(answer, ecosystem.name, await inFolder(folder, answer.command))
      if (answer !== undefined) {
        reasons.push(answer.because)
        remedies.push(answer.remedy)
      }
    }
    if (alias === 'compile') {
      const checked = await syntaxCheck(found, options.changedFiles ?? null, has)
      if (checked !== null) return checked
    }
    return unresolved(
      alias,
      found.map(({ marker }) => marker),
      candidates,
      reasons,
      remedies,
    )
  }

  const resolveNow = async (alias: string): Promise<Resolution> => {
    const override = ownText(overrides, alias)
    if (override !== null) return fromOverride(alias, override)
    const test = alias === 'tests_found' ? ownText(overrides, 'test') : null
    const listing =
      test === null ? undefined : listingOf({ command: test, because: 'gump.toml sets gates.test' })
    if (isFound(listing)) return resolved(listing, 'gump.toml', listing.command)
    const known = PROJECT_ALIASES.find((name) => name === alias)
    if (known !== undefined) return fromProjects(known)
    return {
      status: 'unresolved',
      because: `nothing is known about "${alias}"`,
      remedy: remedyFor(alias, []),
    }
  }

  return {
    resolve(alias) {
      const answer = answers.get(alias) ?? resolveNow(alias)
      answers.set(alias, answer)
      return answer
    },
  }
}

/** Asks one resolver after the other until one has a command: the base commit first, then what the run has built. */
export function firstResolved(resolvers: readonly [CommandResolver, ...CommandResolver[]]): CommandResolver {
  return {
    async resolve(alias) {
      const [first, ...others] = resolvers
      const answer = await first.resolve(alias)
      if (answer.status === 'resolved') return answer
      for (const resolver of others) {
        const later = await resolver.resolve(alias)
        if (later.status === 'resolved') return later
      }
      return answer
    },
  }
}

function resolved(answer: FoundCommand, ecosystem: string, command: string): ResolvedCommand {
  const runners = runnersOf(answer)
  return {
    status: 'resolved',
    command,
    because: escapeControl(answer.because),
    ecosystem,
    ...(answer.label === undefined ? {} : { label: answer.label }),
    ...(answer.definition === undefined ? {} : { definition: answer.definition }),
    ...(runners.length === 0 ? {} : { runners }),
  }
}

function fromOverride(alias: string, command: string): ResolvedCommand {
  return resolved({ command, because: `gump.toml sets gates.${alias}` }, 'gump.toml', command)
}

function unresolved(
  alias: ProjectAlias,
  markers: readonly string[],
  candidates: readonly string[],
  reasons: readonly string[],
  remedies: readonly string[],
): UnresolvedCommand {
  const because =
    reasons.length > 0
      ? reasons.join('; ')
      : candidates.length > 0
        ? `there are projects in ${listFolders(candidates)} and none at the root`
        : markers.length > 0
          ? `${markers.join(', ')} ${markers.length === 1 ? 'offers' : 'offer'} no ${alias} command`
          : 'no project file was found (package.json, go.mod, Cargo.toml, pyproject.toml, pom.xml, …)'
  return {
    status: 'unresolved',
    because: escapeControl(because),
    remedy: escapeControl(remedyFor(alias, remedies, candidates[0])),
  }
}

function remedyFor(alias: string, remedies: readonly string[], folder?: string): string {
  const example = folder === undefined ? '…' : `cd ${folder} && …`
  const override = `set ${alias} = "${example}" under [gates] in gump.toml`
  return [...new Set(remedies), override].join(', or ')
}

function listFolders(folders: readonly string[]): string {
  const shown = folders.slice(0, 5).join(', ')
  return folders.length > 5 ? `${shown} and ${String(folders.length - 5)} more` : shown
}

/** An override that says something; inherited properties and blanks are none. */
function ownText(overrides: Readonly<Record<string, string>>, alias: string): string | null {
  const text = Object.hasOwn(overrides, alias) ? overrides[alias] : undefined
  return text === undefined || text.trim() === '' ? null : text
}
