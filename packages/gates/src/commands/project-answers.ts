import { escapeControl, listFirst } from '@gump/errors'
import type { ResolvedCommand, UnresolvedCommand } from '../contract.js'
import type { Projects } from '../project/find-projects.js'
import type { FoundProject } from '../project/found-project.js'
import { combined, type Part } from './combine-answers.js'
import { isFound, type Answer, type ProjectCommands } from './ecosystem.js'
import { inFolder } from './in-folder.js'
import { listingOf } from './listing.js'
import { reportingOf } from './reporting.js'
import { syntaxCheck } from './syntax-check.js'

/** Aliases that projects can answer; others only have overrides. */
export const PROJECT_ALIASES = ['compile', 'test', 'lint', 'coverage', 'tests_found', 'test_results'] as const
export type ProjectAlias = (typeof PROJECT_ALIASES)[number]

/** What {@link answerOf} asks. */
export interface Asked {
  readonly projects: Projects
  readonly changedFiles: readonly string[] | null
  has(program: string): Promise<boolean>
  offered(project: FoundProject): Promise<ProjectCommands>
  /** False for a language that only tools of the repository use. */
  hasSources(project: FoundProject): Promise<boolean>
}

/**
 * The answer of the projects: every language at the root is asked and all that have a command are checked together;
 * a task runner answers where no language does. What stays unchecked is said.
 */
export async function answerOf(
  alias: ProjectAlias,
  asked: Asked,
): Promise<ResolvedCommand | UnresolvedCommand> {
  const { projects } = asked
  const parts: Part[] = []
  const without: { readonly project: FoundProject; readonly answer: Answer | undefined }[] = []
  for (const project of projects.found.filter(({ ecosystem }) => ecosystem.taskRunner !== true)) {
    const commands = await asked.offered(project)
    const answer = answerIn(commands, alias)
    if (isFound(answer)) parts.push(await partOf(project, answer))
    else without.push({ project, answer })
  }
  const absent = without.find(({ answer }) => missingProgram(answer) !== null)
  const strict = alias === 'compile' || alias === 'test'
  if (absent !== undefined && strict) return refused(alias, [absent.answer])

  if (parts.length === 0) {
    const runner = await fromTaskRunner(alias, asked)
    if (runner !== null && 'command' in runner) return combined([runner], projects.notes)
    if (runner !== null) without.push(runner)
  }
  const syntax =
    alias === 'compile'
      ? await syntaxCheck(
          without.filter(({ answer }) => answer === undefined).map(({ project }) => project),
          asked.changedFiles,
          async (program) => asked.has(program),
        )
      : null
  if (parts.length === 0) {
    if (syntax !== null) return withNotes(syntax, projects.notes)
    return nothing(
      alias,
      projects,
      without.map(({ answer }) => answer),
    )
  }
  if (syntax?.status === 'unresolved') return syntax
  const notes: string[] = []
  for (const { project, answer } of without) {
    const said = note(alias, project, answer, syntax !== null)
    if (said !== null && (await asked.hasSources(project))) notes.push(said)
  }
  notes.push(...projects.notes)
  if (syntax === null || syntax.nothingToCheck === true) return combined(parts, notes)
  const answer = { command: syntax.command, because: syntax.because, label: 'syntax check' }
  return combined([...parts, { ecosystem: 'syntax', answer, command: syntax.command }], notes)
}

function answerIn(commands: ProjectCommands, alias: ProjectAlias): Answer | undefined {
  if (alias === 'test_results') return reportingOf(commands.test)
  return alias === 'tests_found' ? (commands.tests_found ?? listingOf(commands.test)) : commands[alias]
}

async function partOf(
  { ecosystem, folder }: FoundProject,
  answer: Parameters<typeof combined>[0][number]['answer'],
): Promise<Part> {
  return { ecosystem: ecosystem.name, answer, command: await inFolder(folder, answer.command) }
}

async function fromTaskRunner(
  alias: ProjectAlias,
  { projects, offered }: Asked,
): Promise<Part | { readonly project: FoundProject; readonly answer: Answer } | null> {
  let missing: { readonly project: FoundProject; readonly answer: Answer } | null = null
  for (const project of projects.found.filter(({ ecosystem }) => ecosystem.taskRunner === true)) {
    const answer = answerIn(await offered(project), alias)
    if (isFound(answer)) return partOf(project, answer)
    if (answer !== undefined) missing ??= { project, answer }
  }
  return missing
}

function missingProgram(answer: Answer | undefined): string | null {
  return answer !== undefined && 'program' in answer ? (answer.program ?? null) : null
}

/** What a language at the root leaves unchecked; a syntax check is a check. */
function note(
  alias: ProjectAlias,
  project: FoundProject,
  answer: Answer | undefined,
  syntax: boolean,
): string | null {
  const { title } = project.ecosystem
  if (answer !== undefined && missingProgram(answer) !== null)
    return `${title} is not checked: ${answer.because}`
  if (alias === 'coverage' || alias === 'lint') return null
  if (alias === 'compile' && syntax && project.ecosystem.syntax !== undefined) return null
  return `${title} (${project.marker}) is not checked: it offers no ${alias} command`
}

function withNotes(
  command: ResolvedCommand | UnresolvedCommand,
  notes: readonly string[],
): ResolvedCommand | UnresolvedCommand {
  if (command.status === 'unresolved' || notes.length === 0) return command
  return { ...command, because: [command.because, ...notes].join('; '), unchecked: notes }
}

function refused(alias: string, answers: readonly (Answer | undefined)[]): UnresolvedCommand {
  const known = answers.filter((answer) => answer !== undefined)
  const remedies = known.flatMap((answer) => ('remedy' in answer ? [answer.remedy] : []))
  const missing = known.flatMap((answer) => missingProgram(answer) ?? [])
  return {
    status: 'unresolved',
    because: escapeControl(known.map((answer) => answer.because).join('; ')),
    remedy: escapeControl(remedyFor(alias, remedies)),
    ...(missing.length === 0 ? {} : { missing }),
  }
}

function nothing(
  alias: ProjectAlias,
  { found, candidates, notes }: Projects,
  answers: readonly (Answer | undefined)[],
): UnresolvedCommand {
  if (answers.some((answer) => answer !== undefined)) return refused(alias, answers)
  const markers = [...new Set(found.map(({ marker }) => marker))]
  const because =
    notes.length > 0
      ? notes.join('; ')
      : markers.length > 0
        ? `${markers.join(', ')} ${markers.length === 1 ? 'offers' : 'offer'} no ${alias} command`
        : candidates.length > 0
          ? `there are projects in ${listFirst(candidates, 5)} and none at the root`
          : 'no project file was found (package.json, go.mod, Cargo.toml, pyproject.toml, pom.xml, …)'
  return {
    status: 'unresolved',
    because: escapeControl(because),
    remedy: escapeControl(remedyFor(alias, [], candidates[0])),
  }
}

/** What to do about an alias without a command. */
export function remedyFor(alias: string, remedies: readonly string[], folder?: string): string {
  const example = folder === undefined ? '…' : `cd ${folder} && …`
  const override = `set ${alias} = "${example}" under [gates] in gump.toml`
  return [...new Set(remedies), override].join(', or ')
}
