import type { Frame } from '../frame.js'
import { currentTip, passed, type Progress, type Walk } from './walk.js'

/** Steps run from top to bottom; each starts at the commit the one before it left. */
export function visitSequence(walk: Walk, frame: Frame, base: string): Progress {
  let head = currentTip(walk.state, frame.workspace, base)
  walk.tips.set(frame.workspace, head)
  for (const step of frame.steps) {
    const progress = walk.visitStep(walk, frame, step, head)
    if (progress.at !== 'passed') return progress
    head = currentTip(walk.state, frame.workspace, progress.head)
    walk.tips.set(frame.workspace, head)
  }
  return passed(head)
}
