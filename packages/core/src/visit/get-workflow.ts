import type { AgentStep } from '@gump/schema'
import { getSegment } from '@gump/history'
import { contentBefore } from '../content.js'
import type { AttemptCursor } from './cursor.js'
import { visitValidator } from './validator.js'
import type { Progress } from './walk.js'

/** The workflow of GET, whose state the prompt can use; null when there is none or it is done. */
export function visitGetWorkflow(cursor: AttemptCursor<AgentStep>): Progress | null {
  const { walk, step, path, attempt } = cursor
  const call = step.getWorkflow
  if (call === undefined || attempt.launches.length > 0) return null
  const subject = contentBefore(walk.state, path, attempt)
  const progress = visitValidator(cursor, { call, segment: getSegment(call.workflow), subject })
  return progress.at === 'passed' ? null : progress
}
