import type { AgentStep } from '@gump/schema'
import { escapeTemplate } from '@gump/state'
import type { Frame } from '../frame.js'
import { nodeAt, replanSegment } from '@gump/history'
import { visitSequence } from './sequence.js'
import type { Progress, Walk } from './walk.js'

/** The steps of one item; of one that was too much, a split and the same steps for each of its parts. */
export function visitItem(walk: Walk, frame: Frame, base: string): Progress {
  const { replan } = nodeAt(walk.state.root, frame.path)
  if (replan === null) return visitSequence(walk, frame, base)
  return visitSequence(walk, { ...frame, steps: [splitOf(frame, replan)], namesOf: frame }, base)
}

function splitOf(frame: Frame, replan: { readonly agent: string; readonly reason: string }): AgentStep {
  const at = { line: 1, column: 1, offset: 0 }
  const range = frame.steps[0]?.range ?? { start: at, end: at }
  const prompt = [
    'This task was too much for one attempt. Split it into smaller tasks that together do the same, in an order that works.',
    'Change no file of the project.',
    '',
    '{task.name}',
    '{task.description}',
    '{task.files}',
    '',
    `It failed: ${escapeTemplate(replan.reason)}`,
  ].join('\n')
  return {
    kind: 'agent',
    name: replanSegment,
    range,
    type: 'split',
    agent: { text: replan.agent, range },
    prompt: { kind: 'inline', template: { text: prompt, range } },
    context: [],
    worktree: 'read-only',
    session: { mode: 'new' },
    guards: [{ guard: 'no_write', value: true, range }],
    gates: [],
    each: frame.steps,
  }
}
