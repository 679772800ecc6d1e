import type { ProjectFiles } from '../project/project-files.js'

/** A folder that an ecosystem recognised, as its functions see it. */
export interface Project {
  /** Relative to the project's own folder. */
  readonly files: ProjectFiles
  /** The file that gave it away: `go.mod`. */
  readonly marker: string
  /** False when the program is known not to be on PATH. */
  has(program: string): Promise<boolean>
}

/** The command for one alias, or why there is none. */
export type Answer = FoundCommand | MissingCommand

export interface FoundCommand {
  /** Shell text, run in the project's folder. */
  readonly command: string
  readonly because: string
  /** What stands behind the command: the text of a package script. */
  readonly definition?: string
  /** What to call the command where its text would tell little. */
  readonly label?: string
  /** Shell text that starts the same programs without a package manager in between; listings are made from it. */
  readonly direct?: string
  /** Globs of the files that hold tests, where the project names them outside of the command. */
  readonly testFiles?: readonly string[]
}

export interface MissingCommand {
  /** The program whose absence is the reason. */
  readonly program?: string
  readonly because: string
  readonly remedy: string
}

/** What a project offers; `tests_found` is made from `test` when it is absent. */
export interface ProjectCommands {
  readonly compile?: Answer
  readonly test?: Answer
  readonly lint?: Answer
  readonly coverage?: Answer
  readonly tests_found?: Answer
}

/** How to check the syntax of single files where there is nothing to compile. */
export interface SyntaxCheck {
  /** Name of the language. */
  readonly language: string
  readonly extensions: readonly string[]
  /** Programs that can do it, the first one present is taken. */
  readonly programs: readonly string[]
  /** Shell text over files that are quoted already and separated by blanks. */
  command(program: string, quotedFiles: string): string
}

/** How to install what a project depends on: exactly as its lockfile says, or, without one, as its manifest does. */
export interface SetupPart {
  /** Null: nothing is pinned, and what is installed in the user's checkout is taken first. */
  readonly lockfile: string | null
  /** The folder that can be copied from one place to another, in which all that is installed is. */
  readonly clones?: string
  readonly command: string
  /** Program that the command needs. */
  readonly program: string
  /** What it makes inside the project and never belongs into a commit, as `.gitignore` patterns of the project's folder. */
  readonly produces: readonly string[]
}

/** One language or build tool: one object, one file. */
export interface Ecosystem {
  readonly name: string
  readonly title: string
  /** Endings of its source files; absent for task runners. */
  readonly sources?: readonly string[]
  /** The file that marks a project of this kind, or null. */
  marker(files: ProjectFiles): Promise<string | null>
  /** A weaker sign, taken at the root when no marker is anywhere: a source file. */
  hint?(files: ProjectFiles): Promise<string | null>
  commands(project: Project): Promise<ProjectCommands>
  /** Null: nothing is pinned by a lockfile. */
  setup?(project: Project): Promise<SetupPart | null>
  readonly syntax?: SyntaxCheck
  /** True for tools that run tasks of any language: they do not hide a project in a folder below. */
  readonly taskRunner?: boolean
}

export function isFound(answer: Answer | undefined): answer is FoundCommand {
  return answer !== undefined && 'command' in answer
}

/** The answer, unless its program is not installed. */
export async function needing(project: Project, program: string, answer: FoundCommand): Promise<Answer> {
  if (await project.has(program)) return answer
  return {
    because: `${answer.because}, but ${program} is not on PATH`,
    remedy: `install ${program}`,
    program,
  }
}
