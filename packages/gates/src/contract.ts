import type { ContainedProcess } from '@gump/process'
import type { JudgeChange } from './judge/judge-changes.js'
import type { ChangedText } from './weakening/change.js'

/** What may follow the name of a gate: nothing, shell text, globs, or a number from 0 to 100. */
export type GateArgumentKind = 'none' | 'command' | 'globs' | 'percentage'

/** One changed path of the attempt. */
export interface GateFile {
  readonly path: string
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed' | 'type'
}

/** Runs shell text in the worktree: contained, timed, streamed to the gate's log. */
export interface GateShell {
  run(request: GateCommand): Promise<GateCommandResult>
}

/** A command for a {@link GateShell}. */
export interface GateCommand {
  /** Shell text for bash; inserted values travel in `env` as data. */
  readonly command: string
  readonly env?: Readonly<Record<string, string>>
}

/** How a gate's command ended and what it printed. `exitCode` is null when it was killed or never started. */
export interface GateCommandResult {
  readonly exitCode: number | null
  readonly signal: string | null
  /** Stopped at the limit of time, or of silence. */
  readonly timedOut: boolean
  /** For how long it had printed nothing when it was stopped for that. */
  readonly silentMs?: number
  readonly durationMs: number
  /** Head and tail of the output, at most `excerptChars`, kept around the cut. */
  readonly excerpt: string
  /** The whole output, at most 4 MiB of its tail; the log artifact has more, up to its limit. */
  readonly output: string
  /** Bytes that were left out of the log to keep it below its limit. */
  readonly omittedBytes?: number
}

/** A command on the sources that the step began with. */
export interface BaseCommand extends GateCommand {
  /** Paths that nevertheless stay as the attempt left them: its tests. */
  readonly attemptFiles?: readonly string[]
  /** Other contents for paths; null: no such file. */
  readonly contents?: Readonly<Record<string, string | null>>
}

/** The change that a gate judges, for gates that compare it with what was there before. */
export interface JudgedChange {
  /** The commit that the step began with. */
  readonly base: string
  /** Every changed file; files that are no text, and those over 1 MiB, have null on that side. */
  texts(): Promise<readonly ChangedText[]>
  /** Texts of test files that the change leaves alone; not all of them in a large project. */
  otherTests(): Promise<readonly string[]>
  /** What was done since the run began to what decides how work is judged. */
  judge(): Promise<readonly JudgeChange[]>
  /**
   * Runs a command in the worktree with the files of the base, and puts the attempt's files back. Without other files
   * the result is kept, and the same command does not run again on the same commit.
   */
  runAtBase(request: BaseCommand): Promise<GateCommandResult>
}

/** Commands by alias (`compile`, `test`, `lint`, `coverage`, `tests_found`, `test_results`) and why they were chosen. */
export interface CommandResolver {
  resolve(alias: string): Promise<ResolvedCommand | UnresolvedCommand>
}

/** A command that was found, and why this one. */
export interface ResolvedCommand {
  readonly status: 'resolved'
  readonly command: string
  /** `package.json has a "test" script and pnpm-lock.yaml is present`. */
  readonly because: string
  readonly ecosystem: string
  /** What to call the command where its text would tell little: `npm test (listing)`. */
  readonly label?: string
  /** What stands behind the command, such as the text of a package script: a changed one is a changed judge. */
  readonly definition?: string
  /** Names of the test runners that the command starts, when it shows them. */
  readonly runners?: readonly string[]
  /** Parts of the repository that the command does not look at, as sentences: another language without a command. */
  readonly unchecked?: readonly string[]
  /** True when the command would look at nothing of the change, so that its success would mean nothing. */
  readonly nothingToCheck?: boolean
}

/** Why there is no command, and what the user can do about it. */
export interface UnresolvedCommand {
  readonly status: 'unresolved'
  readonly because: string
  readonly remedy: string
  /** Programs that the project's command needs and that are not installed. */
  readonly missing?: readonly string[]
}

/** Everything a gate may look at. Plain data, and functions that run commands in the worktree. */
export interface GateContext {
  readonly cwd: string
  readonly gate: string
  /** Templates already rendered. For `command` the text has quoted expansions of `argumentEnv`. */
  readonly argument: string | number | readonly string[] | null
  readonly argumentEnv: Readonly<Record<string, string>>
  readonly step: {
    readonly path: string
    readonly type: 'code' | 'split' | 'validate' | 'artifact' | 'gate' | 'group'
  }
  /** What the attempt changed against its base commit. */
  readonly files: readonly GateFile[]
  /** Null: nothing was changed that could be compared. */
  readonly change: JudgedChange | null
  /** Raw output of the attempt: the tasks of a split as JSON text. */
  readonly output: string | null
  readonly shell: GateShell
  readonly commands: CommandResolver
  readonly signal: AbortSignal
}

/** What a gate says. */
export type GateResult =
  | {
      readonly status: 'pass'
      readonly detail?: string
      readonly exitCode?: number | null
      /** What people should still look at, one sentence each. */
      readonly warnings?: readonly string[]
    }
  | { readonly status: 'fail'; readonly error: string; readonly exitCode?: number | null }
  | { readonly status: 'skipped'; readonly reason: string }
  /** Nothing can be judged: stops the run with the remedy, burns no attempt. */
  | { readonly status: 'unconfigured'; readonly reason: string; readonly remedy: string }

/** One gate: one object, one file. */
export interface GateDefinition {
  readonly name: string
  readonly summary: string
  readonly argument: GateArgumentKind
  /** Alias in the command resolution that it needs, for dry runs. */
  readonly commandAlias?: string
  /** Alias of a command that it runs where there is one, and does without otherwise. */
  readonly mayRun?: string
  /** True: a missing command stops the run; false: the gate is skipped. */
  readonly required: boolean
  run(context: GateContext): Promise<GateResult>
}

/** Re-exported for gates that start programs of their own. */
export type { ContainedProcess }
