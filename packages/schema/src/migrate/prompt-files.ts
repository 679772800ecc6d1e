import type { Workflow } from '../ir.js'
import { currentSpelling } from '../parse/v3/current-spelling.js'
import type { Obstacle } from './obstacle.js'

/** Prompt files that use the earlier spelling of variables: they are files of their own, and stay as they are. */
export function promptFileObstacles(
  workflow: Workflow,
  files: Readonly<Record<string, string>>,
): readonly Obstacle[] {
  const obstacles: Obstacle[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (
      'kind' in value &&
      value.kind === 'file' &&
      'path' in value &&
      typeof value.path === 'string' &&
      'range' in value
    ) {
      const text = Object.hasOwn(files, value.path) ? files[value.path] : undefined
      if (text !== undefined && currentSpelling(text) !== text) {
        obstacles.push({
          range: value.range as Obstacle['range'],
          message: `the prompt file ${value.path} uses {item.…} or {steps.…}`,
          expected: '{task.…} and {STEP.…} in that file',
        })
      }
      return
    }
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(workflow.steps)
  return obstacles
}
