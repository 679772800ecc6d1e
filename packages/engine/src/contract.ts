import type { Run, StartedRun, RunSummary } from './run.js'
import type { StartRequest, ResumeRequest, ReplayRequest } from './requests.js'
import type { AgentAdapter } from '@gump/agents'
import type { GateDefinition } from '@gump/gates'
import type { GuardDefinition } from '@gump/guards'
import type { LedgerEvent } from '@gump/ledger'
import type { ProcessRunner } from '@gump/process'
import type { Playbook } from '@gump/schema'
import type { ApplyMode, ApplyResult, KeptWorktree, WorkspaceProvider } from '@gump/workspace'
import type { ExecutorFactory } from './dispatch/step-executor.js'
import type { RequestedLimits } from './requested-limits.js'
import type { RunPlan } from './run-plan.js'

/** Everything the engine is made of; nothing is built in. */
export interface EngineOptions {
  /** A folder inside the repository. */
  readonly repo: string
  readonly playbook: Playbook
  readonly agents: readonly AgentAdapter[]
  readonly gates: readonly GateDefinition[]
  readonly guards: readonly GuardDefinition[]
  /**
   * Names of packages that may bring more of these and were not loaded. In a plan, names that only they can know are
   * warnings; a run is refused. Default: none.
   */
  readonly unloaded?: readonly string[]
  readonly settings?: Partial<EngineSettings>
  readonly ambient?: Partial<Ambient>
}

/** Configuration as the engine understands it; the CLI fills it from `gump.toml`, environment and flags. */
export interface EngineSettings {
  /** Agent for steps that name none. */
  readonly defaultAgent: string
  /** Agent name → agent name: `claude-opus` → `codex`. */
  readonly agentAliases: Readonly<Record<string, string>>
  /** Full agent name → model id, over the adapters' own tables. */
  readonly models: Readonly<Record<string, string>>
  /** Prices per model id in USD per million tokens. */
  readonly pricing: PriceLookup
  /** Price that tokens without one count at against limits, by adapter and model; null: they do not count. */
  readonly assumedPricing: (adapter: string, model: string | null) => ModelPrice | null
  /**
   * Limits of a run, where neither its request nor its workflow sets one. The budget of a built-in workflow is a default as
   * well, and this one replaces it. Default: none.
   */
  readonly limits: RequestedLimits
  /** How long an agent may be silent after its last word before it is ended. */
  readonly agentEnd: AgentEndSettings
  /** Agents and branches at once, whatever a workflow asks for; null: what it asks for, or a few. */
  readonly jobs: number | null
  readonly maxErrorChars: number
  readonly maxDiffChars: number
  readonly sandbox: SandboxSettings
  readonly worktree: WorktreeSettings
  /** Overrides of the gate command resolution: alias → shell text. */
  readonly gateCommands: Readonly<Record<string, string>>
  /** How long a gate's command may print nothing, in milliseconds. */
  readonly gateIdleMs: number
  /** Most bytes of the log of a gate, and of each stream of an agent: of more, beginning and end are kept. */
  readonly maxLogBytes: number
  /**
   * Name patterns (`*` wildcard) of environment variables that hold secrets: gates do not get them, and their values are
   * masked. So are, whatever the names, the passwords of URLs. Default: `DEFAULT_SECRET_PATTERNS` of `@gump/process`.
   */
  readonly secretEnv: readonly string[]
  /** Name patterns of secret variables that gates get anyway. Their values are masked like all others. */
  readonly passEnv: readonly string[]
  readonly durability: 'process' | 'power'
  /** Executable by adapter name, when not the adapter's own on PATH. */
  readonly executables: Readonly<Record<string, string>>
  readonly gumpVersion: string
}

/** How long an agent may be silent after it has said how it ended, in milliseconds. */
export interface AgentEndSettings {
  readonly silenceMs: number
  /** While work that it has put into the background is open. */
  readonly backgroundMs: number
}

/** Prices of a model in USD per million tokens, with the source they were taken from and its date. */
export interface ModelPrice {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly source: string
  readonly date: string
  /** Tokens the model's context takes, where that is known. */
  readonly contextWindow?: number
}

/** Finds the price of a model by its id; null when there is none. */
export type PriceLookup = (model: string) => ModelPrice | null

/** How agents and gates are walled off. Paths are absolute. */
export interface SandboxSettings {
  readonly mode: 'auto' | 'require' | 'strict' | 'off'
  readonly writable: readonly string[]
  readonly hide: readonly string[]
  /** Sockets, or folders of sockets, that stay within reach of agents and gates. */
  readonly sockets?: readonly string[]
  /** Devices that agents and gates see beside the usual ones. */
  readonly devices?: readonly string[]
}

/** Where worktrees are and what is put into a new one. Paths are relative to the repository. */
export interface WorktreeSettings {
  /** Folder for worktrees, relative to the repository; null: beside it, or below the home folder. */
  readonly dir: string | null
  /** Shell commands, the lockfile's own install, or nothing. */
  readonly setup: 'auto' | 'off' | readonly string[]
  readonly copy: readonly string[]
  readonly link: readonly string[]
  readonly submodules: boolean
}

/** What would otherwise be taken from the air. */
export interface Ambient {
  readonly clock: Clock
  readonly ids: Ids
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly processes: ProcessRunner
  readonly workspace: (repo: string) => Promise<WorkspaceProvider>
  readonly human: Human | null
  /** Who performs the effects of a run; null: this process. */
  readonly executor: ExecutorFactory | null
  readonly faults: FaultPoint
}

/** Seam: where the engine takes time from. Tests bring a clock that they move. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Calls back after `ms`; returns a function that cancels. */
  timer(ms: number, callback: () => void): () => void
}

/** Seam: where new ids come from. */
export interface Ids {
  /** A new UUIDv7. */
  uuid(): string
}

/** Asks a person; null when nobody can be asked, and the run parks as paused. */
export interface Human {
  ask(question: HumanQuestion): Promise<HumanAnswer>
}

/** A paused step that a person is asked about. */
export interface HumanQuestion {
  readonly step: string
  readonly at: 'before_gate' | 'after_gate'
  readonly worktree: string
  readonly baseCommit: string
  readonly commit: string | null
  /** Fires when the answer is no longer wanted. */
  readonly signal: AbortSignal
}

/** What a person decided about a paused step. */
export type HumanAnswer =
  /** `later`: the run is left paused, for this process to ask no more. */
  | { readonly decision: 'continue' | 'abort' | 'later' }
  | { readonly decision: 'retry'; readonly note: string }

/** Called at every append, git operation and spawn; tests kill the process here. */
export type FaultPoint = (name: string) => void

/** Which runs {@link Engine.gc} looks at. All conditions have to hold; without any, every run that has ended counts. */
export interface GcRequest {
  /** Only these runs, by id. */
  readonly runs?: readonly string[]
  /** Keeps the newest N runs. */
  readonly keepLast?: number
  /** Only runs that ended longer ago than this. */
  readonly olderThanMs?: number
  /** Removes nothing and tells what would be. */
  readonly dryRun?: boolean
  /** Asked before a run is removed whose work was not applied, or is not known; absent: such runs stay. */
  readonly confirm?: (run: RunSummary) => Promise<boolean>
}

/** What {@link Engine.gc} did with one run. */
export interface GcResult {
  readonly run: RunSummary
  readonly removed: boolean
  /** Why it was removed, or why it stays. */
  readonly reason: string
  /** Folders that were left alone, because nothing says that they are worktrees of the run; absent: none. */
  readonly stays?: readonly KeptWorktree[]
}

/** How a run is brought into the user's branch. Default: a merge commit on the current branch. */
export interface ApplyOptions {
  readonly mode?: ApplyMode
  readonly branchName?: string
  readonly keepConflicts?: boolean
  /** Take the passed steps of a run that did not pass. */
  readonly partial?: boolean
  /**
   * Asked, with what differs, when the checkout is not as the run found it and no sandbox kept its agents out. False: nothing is
   * applied. Absent: the difference is in the result.
   */
  readonly confirm?: (names: readonly string[]) => Promise<boolean>
}

/** What applying a run did, and which of its worktrees hold something that is not in its branch. */
export interface AppliedRun extends ApplyResult {
  /** What of the user's checkout differed from how a run without a sandbox found it, and was not asked about. */
  readonly changed: readonly string[]
  readonly stays: readonly KeptWorktree[]
}

/** What one repository's runs are looked at with. Runs are named as for an {@link Engine}. */
export interface RunReader {
  /** Newest first, those whose ledger cannot be read among them. */
  runs(): Promise<readonly RunSummary[]>
  /** By id, alias, unique prefix or `latest`. */
  find(run: string): Promise<RunSummary>
  /** Runs whose folder is gone, `git clean -xdff` for instance, and whose branches, refs or worktrees are left. */
  lostRuns(): Promise<readonly RunSummary[]>
  /** The ledger of a run, in parts of about a megabyte: for runs that are too large to be held in memory. */
  parts(run: string): AsyncIterable<readonly LedgerEvent[]>
  /** The ledger of a run. */
  events(run: string): Promise<readonly LedgerEvent[]>
  /** Frees what the engine holds, such as long-lived git processes. Cancel runs that it performs first. */
  close(): Promise<void>
}

/**
 * What one repository's runs are started, watched, resumed and applied with. Made by {@link createEngine}. Every method
 * that names a run takes its id, its alias, a unique prefix of either, or `latest`; it throws `GUMP-L005` when there is
 * no such run, and `GUMP-L006` when several fit.
 *
 * @example
 * ```ts
 * const run = await engine.start({ workflow: 'tdd', spec: 'spec.md', maxBudget: 5 })
 * for await (const event of run.events) console.log(event.type)
 * const { status } = await run.result
 * if (status === 'passed') await engine.apply(run.id)
 * await engine.close()
 * ```
 */
export interface Engine extends RunReader {
  /** Everything that can be known before a run; throws nothing for a bad workflow, it is in `diagnostics`. */
  plan(request: StartRequest): Promise<RunPlan>
  /**
   * Starts a run, which this process then performs.
   *
   * @throws GumpError with the code of the first mistake, before anything is created: of the workflow (`GUMP-W…`,
   * `GUMP-T…`), the repository (`GUMP-P…`) or an agent (`GUMP-A…`).
   */
  start(request: StartRequest): Promise<StartedRun>
  /**
   * Continues a run that stopped. Passed steps stay as they are.
   *
   * @throws GumpError `GUMP-R001` when there is nothing to resume, `GUMP-L003` or `GUMP-L004` when another process owns it.
   */
  resume(request: ResumeRequest): Promise<Run>
  /** Starts a new run with the history of an old one up to a step. */
  replay(request: ReplayRequest): Promise<Run>
  /** Merges it. The worktrees of a passed run go with it, but for those that hold more than its branch. */
  apply(run: string, options?: ApplyOptions): Promise<AppliedRun>
  /** Asks the owner of a running run to stop; resolves when it has. */
  cancel(run: string): Promise<void>
  /** Removes what runs have left; never unapplied work unasked, never a live run. */
  gc(request?: GcRequest): Promise<readonly GcResult[]>
}
