import { nodeAt } from '@gump/history'
import type { Frame } from '../frame.js'
import { keep, type Listed, recall } from './found.js'
import { currentTip, passed, type Progress, type Walk } from './walk.js'

/** Shorter ones are walked as fast as they are recalled. */
const longEnough = 8

/** Steps run from top to bottom; each starts at the commit the one before it left. */
export function visitSequence(walk: Walk, frame: Frame, base: string): Progress {
  const { steps, workspace } = frame
  const visit = (index: number, head: string): Progress => {
    const step = steps[index]
    return step === undefined ? passed(head) : walk.visitStep(walk, frame, step, head)
  }
  const path = frame.path.join('/')
  const nameAt = (index: number): string => steps[index]?.name ?? ''
  return visitInOrder(walk, { list: steps, nameAt, path, workspace, base }, visit)
}

/** Visits what is listed one after the other, up to the first that has not passed. */
export function visitInOrder(
  walk: Walk,
  listed: Listed,
  visit: (index: number, head: string) => Progress,
): Progress {
  const { list, workspace, base, path } = listed
  const isLong = list.length >= longEnough
  const found = isLong
    ? recall(walk, nodeAt(walk.state.root, path === '' ? [] : path.split('/')), listed)
    : null
  let head = found !== null && found.done > 0 ? found.head : currentTip(walk.state, workspace, base)
  let done = found?.done ?? 0
  let progress: Progress | null = null
  walk.tips.set(workspace, head)
  while (done < list.length) {
    const next = visit(done, head)
    if (next.at !== 'passed') {
      progress = next
      break
    }
    head = currentTip(walk.state, workspace, next.head)
    walk.tips.set(workspace, head)
    done += 1
  }
  if (found !== null) keep(walk, path, { ...found, done, head })
  return progress ?? passed(head)
}
