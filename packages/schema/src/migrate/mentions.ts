import type { TemplateText, Workflow } from '../ir.js'
import { isPerTask, type Current } from './to-current.js'
import type { Obstacle } from './obstacle.js'

const variable = /\{\{|\}\}|\$\{|\{([A-Za-z0-9_./-]+)\}/g

/** A group that moves into its split loses its name: whatever mentions it would mean something else, or nothing. */
export function mentionsOfFolded(workflow: Workflow, current: Current): readonly Obstacle[] {
  const names = new Set(
    [...current.folds.values()].filter((step) => step.kind === 'group').map((step) => step.name),
  )
  const outside = new Set(
    [...current.folds.values()].filter((step) => step.kind === 'workflow').map((step) => step.name),
  )
  const obstacles: Obstacle[] = []
  const report = (name: string, range: TemplateText['range']): void => {
    obstacles.push({
      range,
      message: `"${name}" is mentioned here, and its steps move into the split`,
      expected: 'no mention of a group that runs for each task',
    })
  }
  for (const { text, range } of templatesIn(workflow.steps)) {
    for (const [, path] of text.matchAll(variable)) {
      const head = path?.split(/[./]/, 1)[0]
      if (head !== undefined && (names.has(head) || outside.has(head))) report(head, range)
    }
  }
  for (const step of current.becomes.keys()) {
    for (const { override, range } of step.retry?.entries ?? []) {
      const target = override.restartFrom
      if (target !== undefined && (names.has(target) || outside.has(target)) && !isPerTask(step))
        report(target, range)
    }
  }
  return obstacles
}

/** Every template of a representation, found by its shape. */
export function* templatesIn(value: unknown): Iterable<TemplateText> {
  if (typeof value !== 'object' || value === null) return
  if ('text' in value && 'range' in value && typeof value.text === 'string') {
    yield value as TemplateText
    return
  }
  for (const [key, inner] of Object.entries(value)) if (key !== 'range') yield* templatesIn(inner)
}
