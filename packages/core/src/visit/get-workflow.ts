import type { AgentStep } from '@gump/schema'
import { contentBefore } from '../content.js'
import type { Frame } from '../frame.js'
import { type Attempt, getSegment } from '@gump/history'
import { visitValidator } from './validator.js'
import type { Progress, Walk } from './walk.js'

/** The workflow of GET, whose state the prompt can use; null when there is none or it is done. */
export function visitGetWorkflow(
  walk: Walk,
  frame: Frame,
  step: AgentStep,
  path: string,
  attempt: Attempt,
): Progress | null {
  const call = step.getWorkflow
  if (call === undefined || attempt.launches.length > 0) return null
  const subject = contentBefore(walk.state, path, attempt)
  const progress = visitValidator(walk, frame, path, getSegment(call.workflow), call, attempt, subject)
  if (progress.at === 'active' || progress.at === 'blocked' || progress.at === 'failed') return progress
  return null
}
