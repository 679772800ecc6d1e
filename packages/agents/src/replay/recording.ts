import type { AgentAdapter, AgentEvent, AgentOutcome, ProcessExit } from '../contract.js'

/** A file as the recorded attempt left it. The path is relative to the worktree. */
export type ReplayedFile =
  | { readonly path: string; readonly content: string; readonly encoding?: 'base64'; readonly mode?: number }
  | { readonly path: string; readonly deleted: true }

/** An event of a recorded attempt. `afterMs`: milliseconds after the event before it, when they are known. */
export interface ReplayedEvent {
  readonly event: AgentEvent
  readonly afterMs?: number
}

/** Everything an agent did in one recorded launch. */
export interface ReplayedAttempt {
  /** Full path of the step: `decompose/add-auth/impl`. */
  readonly path: string
  readonly round: number
  readonly attempt: number
  readonly launch: number
  readonly events: readonly ReplayedEvent[]
  readonly files: readonly ReplayedFile[]
  readonly outcome: AgentOutcome
}

/** What the `replay` agent plays. */
export interface Recording {
  /** The recorded run, for messages. */
  readonly run: string
  readonly attempts: readonly ReplayedAttempt[]
}

/** A recording of nothing: every attempt fails, and says that a recording is missing. */
export const EMPTY_RECORDING: Recording = Object.freeze({ run: '(no run)', attempts: [] })

/** The artifacts of one recorded launch. */
export interface RecordedLaunch {
  /** The adapter that launched it. */
  readonly adapter: AgentAdapter
  readonly path: string
  readonly round: number
  readonly attempt: number
  readonly launch: number
  /** Lines of the stream artifact. */
  readonly lines: Iterable<string>
  readonly exit: ProcessExit
  readonly files: readonly ReplayedFile[]
}

/** Reads the artifacts of a recorded launch with the adapter that wrote them. */
export function replayedAttempt(recorded: RecordedLaunch): ReplayedAttempt {
  const { adapter, path, round, attempt, launch, lines, exit, files } = recorded
  const parser = adapter.createParser()
  const events: ReplayedEvent[] = []
  for (const line of lines) for (const event of parser.push(line)) events.push({ event })
  return { path, round, attempt, launch, events, files, outcome: parser.end(exit) }
}
