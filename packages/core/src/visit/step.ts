import type { Step } from '@gump/schema'
import type { Frame } from '../frame.js'
import { visitAgentStep } from './agent-step.js'
import { visitGateStep } from './gate-step.js'
import { visitGroup } from './group.js'
import type { Progress, Walk } from './walk.js'

export function visitStep(walk: Walk, frame: Frame, step: Step, head: string): Progress {
  switch (step.kind) {
    case 'agent':
      return visitAgentStep(walk, frame, step, head)
    case 'gate':
      return visitGateStep(walk, frame, step, head)
    case 'group':
    case 'workflow':
      return visitGroup(walk, frame, step, head)
  }
}
