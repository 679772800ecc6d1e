import type { CommandResolver, ResolvedCommand, UnresolvedCommand } from '../contract.js'
import { findProjects, type Projects } from '../project/find-projects.js'
import type { FoundProject } from '../project/found-project.js'
import { hasSources } from '../project/has-sources.js'
import { filesBelow, type ProjectFiles } from '../project/project-files.js'
import { ecosystems } from '../resolution/index.js'
import { combined } from './combine-answers.js'
import { isFound, type FoundCommand, type Project, type ProjectCommands } from './ecosystem.js'
import { isPresent, type FindProgram } from './find-program.js'
import { listingOf } from './listing.js'
import { reportingOf } from './reporting.js'
import { answerOf, PROJECT_ALIASES, remedyFor } from './project-answers.js'

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

/**
 * Finds the command that stands for `compile`, `test`, `lint`, `coverage` or `tests_found`: an override, or what the
 * languages at the root offer, all of them together, or, without one, the only project in a folder below. Every answer
 * says why, and what it leaves unchecked. Answers are found once and kept.
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
  const offered = async ({ ecosystem, folder, marker }: FoundProject): Promise<ProjectCommands> => {
    const key = `${ecosystem.name}\0${folder}`
    const project: Project = { files: filesBelow(files, folder), marker, has }
    const known = offers.get(key) ?? ecosystem.commands(project)
    offers.set(key, known)
    return known
  }

  const withSources = async ({ ecosystem, folder }: FoundProject): Promise<boolean> =>
    hasSources(filesBelow(files, folder), ecosystem.sources ?? [])

  const resolveNow = async (alias: string): Promise<Resolution> => {
    const override = ownText(overrides, alias)
    if (override !== null) return overriding({ command: override, because: `gump.toml sets gates.${alias}` })
    const derive = alias === 'tests_found' ? listingOf : alias === 'test_results' ? reportingOf : null
    const test = derive === null ? null : ownText(overrides, 'test')
    const derived =
      derive === null || test === null
        ? undefined
        : derive({ command: test, because: 'gump.toml sets gates.test' })
    if (isFound(derived)) return overriding(derived)
    const known = PROJECT_ALIASES.find((name) => name === alias)
    if (known !== undefined) {
      projects ??= findProjects(files, ecosystems)
      const changedFiles = options.changedFiles ?? null
      return answerOf(known, {
        projects: await projects,
        changedFiles,
        has,
        offered,
        hasSources: withSources,
      })
    }
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

function overriding(answer: FoundCommand): ResolvedCommand {
  return combined([{ ecosystem: 'gump.toml', answer, command: answer.command }], [])
}

/** An override that says something; inherited properties and blanks are none. */
function ownText(overrides: Readonly<Record<string, string>>, alias: string): string | null {
  const text = Object.hasOwn(overrides, alias) ? overrides[alias] : undefined
  return text === undefined || text.trim() === '' ? null : text
}
