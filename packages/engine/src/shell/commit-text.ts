import type { CommitDescription } from '@gump/workspace'
import type { IntegrateEffect } from '@gump/core'
import type { RunContext } from './run-context.js'

/** What a commit says about where it comes from. */
export interface CommitFacts {
  readonly step: string
  readonly task: string | null
  readonly attempt: number
  readonly agent: string | null
  /** null: not known. */
  readonly costUsd: number | null
  /** It is more than that. */
  readonly costAtLeast?: boolean
  readonly status: 'unverified' | 'pass' | 'interrupted' | 'edited'
}

export function describeStep(context: Pick<RunContext, 'runId'>, facts: CommitFacts): CommitDescription {
  return {
    subject: facts.status === 'pass' ? `gump: ${facts.step}` : `gump: ${facts.step} (${facts.status})`,
    trailers: {
      'Gump-Run': context.runId,
      'Gump-Step': facts.step,
      ...(facts.task === null ? {} : { 'Gump-Task': facts.task }),
      'Gump-Attempt': String(facts.attempt),
      ...(facts.agent === null ? {} : { 'Gump-Agent': facts.agent }),
      ...(facts.costUsd === null ? {} : { 'Gump-Cost-USD': facts.costUsd.toFixed(6) }),
      ...(facts.costUsd === null || facts.costAtLeast !== true ? {} : { 'Gump-Cost-At-Least': 'true' }),
      'Gump-Status': facts.status,
    },
  }
}

export function describeMerge(
  context: Pick<RunContext, 'runId'>,
  effect: IntegrateEffect,
): CommitDescription {
  return {
    subject: `gump: merge ${effect.group}/${effect.task}`,
    trailers: {
      'Gump-Run': context.runId,
      'Gump-Step': effect.group,
      'Gump-Task': effect.task,
      'Gump-Status': 'pass',
    },
  }
}

/** The ref that keeps what one launch left behind. */
export function attemptRef(
  runId: string,
  id: { readonly step: string; readonly round: number; readonly attempt: number; readonly launch: number },
): string {
  return `refs/gump/${runId}/${id.step}/@${id.round}.${id.attempt}.${id.launch}`
}
