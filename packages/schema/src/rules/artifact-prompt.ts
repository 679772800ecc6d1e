import type { Finding, Rule } from './rule.js'
import { placedSteps } from './scope.js'

/** Free text has no default prompt. */
export const artifactPrompt: Rule = function* (workflow): Iterable<Finding> {
  for (const { step } of placedSteps(workflow.steps)) {
    if (step.kind !== 'agent' || step.type !== 'artifact') continue
    if (step.prompt !== undefined || step.agent?.text === 'pass') continue
    yield {
      code: 'GUMP-W031',
      range: step.range,
      message: `the artifact step "${step.name}" needs a prompt`,
      detail: { expected: 'prompt: TEXT, or prompt: {file: PATH}' },
    }
  }
}
