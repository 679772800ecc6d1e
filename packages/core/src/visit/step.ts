import type { Step } from '@gump/schema'
import type { Frame } from '../frame.js'
import { visitAgentStep } from './agent-step.js'
import { cursorAt } from './cursor.js'
import { visitGateStep } from './gate-step.js'
import { visitGroup } from './group.js'
import type { Progress, Walk } from './walk.js'

/** Visits one step, whatever its kind. */
export function visitStep(walk: Walk, frame: Frame, step: Step, head: string): Progress {
  switch (step.kind) {
    case 'agent':
      return visitAgentStep(cursorAt(walk, frame, step, head))
    case 'gate':
      return visitGateStep(cursorAt(walk, frame, step, head))
    case 'group':
    case 'workflow':
      return visitGroup(cursorAt(walk, frame, step, head))
  }
}
