/** Tokens by class; cache classes are never part of `input`, reasoning is part of `output`. */
export interface TokenUsage {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

/** What a program can do by itself, so that the engine does the rest. */
export interface AgentCapabilities {
  readonly resume: boolean
  /** The CLI itself can stop after N turns. */
  readonly maxTurns: boolean
  readonly nativeCost: boolean
  readonly usage: 'live' | 'final' | 'none'
  readonly structuredOutput: boolean
  readonly stdinPrompt: boolean
}

/** How a program is found, asked for its version, installed and signed in to. */
export interface Detection {
  /** Program looked for on PATH. */
  readonly command: string
  /** With these it prints its version. Empty: it is not asked. */
  readonly versionArgs: readonly string[]
  /** Semver ranges the adapter was verified with: `2.1.x`. */
  readonly verified: readonly string[]
  /** Shown when the program is missing. */
  readonly install: string
  /** How a person signs in. */
  readonly login: string
  /** How it says, without a network, whether a user is signed in. Absent: it does not say. */
  readonly signedIn?: {
    /**
     * With these it says so by its exit code: 0, or 1 when nobody is. Only programs of a verified version are asked:
     * another one may take the words for a prompt.
     */
    readonly args: readonly string[]
    /** Environment variables with a key that it takes without mentioning it there. */
    readonly keys?: readonly string[]
  }
}

/** Plain JSON: everything an adapter may know about the attempt it launches. */
export interface LaunchRequest {
  readonly prompt: string
  /** Resolved model id, null: the CLI's own default. */
  readonly model: string | null
  /** Session to continue. */
  readonly sessionId: string | null
  readonly cwd: string
  readonly limits: { readonly maxTurns?: number; readonly maxBudgetUsd?: number; readonly maxTimeMs?: number }
  /** A folder for files the launch needs; the shell writes `LaunchPlan.files` there. */
  readonly scratchDir: string
  /** The process is already walled off, so the CLI's own confirmation and sandbox may be bypassed. */
  readonly sandbox: 'enforced' | 'detected'
  /** The user's environment, for facts such as HOME; an adapter copies nothing from it. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isRoot: boolean
  /** Where the attempt stands; the embedded agents play by it. */
  readonly position: AttemptPosition
  /**
   * Real path (symbolic links resolved) of the program that `Detection.command` names, when the shell has looked it up.
   * Lets an adapter start what is behind a wrapper.
   */
  readonly executable?: string
  /**
   * Path of the same program as it was found, links not followed: what is behind one may look at its own name. For
   * adapters that hand the program to another one.
   */
  readonly program?: string
}

/** Where in a run an attempt stands. Numbers count from 1. */
export interface AttemptPosition {
  readonly step: string
  readonly path: string
  readonly task: string | null
  readonly agent: string
  readonly round: number
  readonly attempt: number
  readonly launch: number
  readonly type: 'code' | 'split' | 'validate' | 'artifact'
}

/** A launch that starts a program. */
export interface ProcessLaunch {
  readonly kind: 'process'
  /**
   * A program on PATH, or an absolute path. When it equals `Detection.command`, a configured executable replaces it;
   * `node` is the Node.js that runs Gump.
   */
  readonly file: string
  readonly args: readonly string[]
  /** Added to the agent's environment. */
  readonly env: Readonly<Record<string, string>>
  readonly stdin?: string
  /** Folders the CLI must be able to write to: its own state, absolute. Made where it could not make them itself. */
  readonly stateDirs: readonly string[]
  /** Single files of its state, absolute; writable where they exist. */
  readonly stateFiles?: readonly string[]
  /**
   * false: it is started as project code is, without the variables that hold the user's secrets, because the user has
   * not named it. Default: true.
   */
  readonly credentials?: boolean
  /** Files to write below `scratchDir` before the start; name → content. */
  readonly files?: Readonly<Record<string, string>>
}

/** A launch that Gump performs itself, without a program. */
export interface EmbeddedLaunch {
  readonly kind: 'embedded'
  readonly program: EmbeddedProgram
}

/** How an agent is started: as a program, or by Gump itself. */
export type LaunchPlan = ProcessLaunch | EmbeddedLaunch

/**
 * A program as plain data: the shell performs it in-process, or a small runner performs it as a real process.
 *
 * Actions run in order; relative paths start at the agent's working directory. The program ends with code 0 after its
 * last action, with the given code at an `exit` action, and with code 1 and one line on stderr when a file action is
 * impossible (an `edit` whose `find` text is absent included). `edit` replaces the first occurrence only.
 */
export interface EmbeddedProgram {
  readonly steps: readonly EmbeddedAction[]
}

/** One thing that an {@link EmbeddedProgram} does. */
export type EmbeddedAction =
  /** Creates the folders it needs. `encoding` is of `content`; UTF-8 text when absent. `mode`: permission bits. */
  | {
      readonly do: 'write'
      readonly path: string
      readonly content: string
      readonly encoding?: 'base64'
      readonly mode?: number
    }
  | { readonly do: 'edit'; readonly path: string; readonly find: string; readonly replace: string }
  | { readonly do: 'delete'; readonly path: string }
  | { readonly do: 'sleep'; readonly ms: number }
  /** One line of the agent's stream, parsed by the adapter like any CLI's. */
  | { readonly do: 'emit'; readonly line: string }
  | { readonly do: 'stderr'; readonly text: string }
  | { readonly do: 'exit'; readonly code: number }

/** What a tool call does, whatever the program calls it. */
export type ToolKind = 'read' | 'write' | 'edit' | 'shell' | 'search' | 'other'

/** Normalised stream. Times are not in here: the shell stamps events as they arrive. */
export type AgentEvent =
  | {
      readonly type: 'session'
      readonly sessionId: string
      readonly model?: string
      readonly version?: string
    }
  | { readonly type: 'turn_started' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | {
      readonly type: 'tool_started'
      readonly id: string
      readonly tool: string
      readonly kind: ToolKind
      readonly path?: string
      readonly command?: string
    }
  | { readonly type: 'tool_finished'; readonly id: string; readonly ok: boolean; readonly output?: string }
  /** `delta`: add to what was used; `cumulative`: what this launch has used since its start. `costUsd` only when the CLI said it. */
  | {
      readonly type: 'usage'
      readonly mode: 'delta' | 'cumulative'
      readonly tokens: TokenUsage
      readonly costUsd?: number
      readonly contextTokens?: number
    }
  /**
   * The CLI waits before it asks its provider again. `status`: HTTP status that made it wait, when said.
   * `untilMs`: milliseconds from this event until the next try, when said (adapters read no clock).
   */
  | {
      readonly type: 'retry_wait'
      readonly status: number | null
      readonly untilMs: number | null
      readonly attempt?: number
    }
  | { readonly type: 'warning'; readonly message: string }
  /** A line of no meaning here: an event of the CLI that nobody needs, an unknown one, or plain text. */
  | { readonly type: 'raw'; readonly name: string }

/** Why a launch failed, as far as the engine has to tell failures apart: it decides what happens next. */
export type FailureCause =
  | 'error'
  | 'auth'
  | 'quota'
  | 'limit'
  | 'interrupted'
  | 'no_result'
  | 'configuration'

/**
 * What a failure is about, where that is known. `budget`: a limit of the program's own; `length`: the model ran out of
 * output tokens; `context`: the session does not fit into the model's context any more; `request`: the provider did not
 * take the request.
 */
export type FailureKind =
  | 'quota'
  | 'overload'
  | 'credit'
  | 'sign_in'
  | 'model'
  | 'configuration'
  | 'budget'
  | 'length'
  | 'context'
  | 'refusal'
  | 'network'
  | 'server'
  | 'request'

/**
 * When a provider wants to be asked again: a moment, a wait from the end of the launch, or a time on a clock where the
 * CLI tells no more than that: the next `HH:MM`, or with a day in front `YYYY-MM-DDTHH:MM`, `MM-DDTHH:MM`, `monT09:00`
 * (the next Monday), `tomorrowT09:00`, `monthT00:00` (the first day of the next month). `zone` says where the clock
 * hangs (`Europe/Warsaw`, `UTC`, `+02:00`); without it, on this machine.
 */
export type RetryTime =
  | { readonly epochMs: number }
  | { readonly afterMs: number }
  | { readonly localTime: string; readonly zone?: string }

/** What is known at the end of a launch, whether it succeeded or failed. Whatever is absent is unknown. */
export interface OutcomeFacts {
  readonly sessionId?: string
  /** Of this launch alone, in the CLI's own counting; `total` counters are marked cumulative by session. */
  readonly usage?: { readonly tokens: TokenUsage; readonly scope: 'launch' | 'session' }
  readonly costUsd?: { readonly value: number; readonly scope: 'launch' | 'session' }
  readonly turns?: number
  readonly finalText?: string
  /** Size of the model's context window in tokens, when the CLI said it. */
  readonly contextWindow?: number
  /** The figures leave out what was used besides, such as by sub-agents whose work is not in the stream. */
  readonly partial?: true
  /** What a person should know about this launch. */
  readonly warnings?: readonly string[]
  /**
   * There was output, but not one event the adapter knows: the CLI speaks another dialect. `status` then follows the
   * exit code, and turns, usage and session are unknown.
   */
  readonly compat?: true
}

/** How a launch ended. */
export type AgentOutcome =
  | ({ readonly status: 'success' } & OutcomeFacts)
  | ({
      readonly status: 'failed'
      readonly cause: FailureCause
      readonly kind?: FailureKind
      readonly message: string
      /** The limit is of this model alone; the provider serves others. */
      readonly limitOf?: 'model'
      /** When the provider said to come back. */
      readonly retryAt?: RetryTime
      /** The provider does not know the session that was to be resumed. */
      readonly sessionRefused?: boolean
    } & OutcomeFacts)

/** How the process of a launch ended. A process that was killed has a `signal` and no `code`. */
export interface ProcessExit {
  readonly code: number | null
  readonly signal: string | null
  readonly stderrTail: string
  /** Why the engine ended it, if it did. `ended`: it had said its last word and did not go. */
  readonly killedBy?: 'guard' | 'limit' | 'cancel' | 'timeout' | 'ended'
}

/** How far a stream has come. */
export interface StreamStanding {
  /**
   * `final`: the CLI has said how it ended, and is over as soon as nothing more comes. `error`: it has told of an error
   * that may have ended it; some continue.
   */
  readonly lastWord: 'none' | 'error' | 'final'
  /** Work in the background that the stream has announced, and whose end it has not told. */
  readonly background: number
}

/** Interprets one launch's stdout, line by line. Never throws. */
export interface AgentParser {
  push(line: string): readonly AgentEvent[]
  end(exit: ProcessExit): AgentOutcome
  /** Asked after every line. Absent: the end of the process is the only end. */
  standing?(): StreamStanding
}

/** The models of a program, by the suffix that workflows write: `claude-opus`. */
export interface AgentModels {
  /** Suffix after the agent's name → model id: `opus` → `claude-opus-5-5`. */
  readonly aliases: Readonly<Record<string, string>>
  /** Model when the agent is named without a suffix; null: the CLI decides. */
  readonly default: string | null
  /** What the CLI is known to decide for: its tokens are priced so until it names its model. */
  readonly usual?: string
}

/** One coding agent, as pure data and functions: it spawns nothing, writes nothing, reads no clock. */
export interface AgentAdapter {
  /** Prefix in workflows: `claude`, `codex`. */
  readonly name: string
  readonly displayName: string
  readonly models: AgentModels
  readonly capabilities: AgentCapabilities
  /** null: nothing has to be installed (embedded agents). */
  readonly detection: Detection | null
  launch(request: LaunchRequest): LaunchPlan
  createParser(): AgentParser
  /**
   * Only for families of agents: makes the adapter for `name:argument` (`acp:gemini --acp`). Its name is the whole
   * `name:argument`. null: the argument makes no sense.
   */
  withArgument?(argument: string): AgentAdapter | null
}
