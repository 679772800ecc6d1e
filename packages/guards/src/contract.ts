import type { AgentEvent } from '@gump/agents'

/** A guard's value as the parser has read it: durations are milliseconds. */
export type GuardValue = number | boolean | string | readonly string[]

/** What has been observed of one launch so far. */
export interface GuardObservation {
  /** Milliseconds since the launch. */
  readonly elapsedMs: number
  readonly turns: number
  /** Input plus output, each token once. */
  readonly tokens: number
  /** USD of the step so far, all its attempts of this round; null while unpriced. */
  readonly costUsd: number | null
  /** Milliseconds since the last event that counts as activity; 0 while a tool is running, which may say nothing. */
  readonly idleMs: number
  /** Milliseconds that a running tool has had no output; 0 when none is running. */
  readonly toolMs: number
}

/** Why a guard ends an attempt: which limit, and what was seen. Texts for people. */
export interface GuardTrip {
  readonly guard: string
  readonly reason: string
  readonly limit: string
  readonly observed: string
}

/** Live state of one guard in one launch. Never throws. */
export interface Guard {
  /** Called for every normalised event, after the totals took it in. */
  onEvent(event: AgentEvent, seen: GuardObservation): GuardTrip | null
  /** Called when the deadline it asked for has come. */
  onTimer?(seen: GuardObservation): GuardTrip | null
  /**
   * Milliseconds after which it wants to be asked: from the launch, from the last activity while no tool is running, or
   * from the last activity while one is.
   */
  readonly deadline?: { readonly from: 'launch' | 'activity' | 'tool'; readonly ms: number }
}

/** The folders that a guard tells writes by. */
export interface GuardScope {
  /** Absolute path of the worktree. */
  readonly worktree: string
  /** Absolute path of the user's own working tree: a write there is out of bounds, as one in the worktree would be. */
  readonly checkout?: string
}

/** One guard: one object, one file. */
export interface GuardDefinition {
  readonly name: string
  readonly summary: string
  /** `count`: integer > 0; `usd`: number > 0; `duration`: milliseconds; `switch`: boolean; `globs`: list. */
  readonly value: 'count' | 'usd' | 'duration' | 'switch' | 'globs'
  /** In force in steps that do not set the guard. */
  readonly defaultValue?: GuardValue
  create(value: GuardValue, scope: GuardScope): Guard
  /** What a sandbox must deny so that the guard cannot even be broken. */
  readonly writeScope?: (value: GuardValue) => { readonly only: readonly string[] } | null
}
