import { artifactPrompt } from './artifact-prompt.js'
import { foreachSource } from './foreach-source.js'
import { retryOrder } from './retry-order.js'
import { retryTargets } from './retry-targets.js'
import type { Rule } from './rule.js'
import { sessionSource } from './session-source.js'
import { uniqueNames } from './unique-names.js'

/** Every semantic rule of one workflow file. */
export const workflowRules: readonly Rule[] = [
  uniqueNames,
  artifactPrompt,
  sessionSource,
  foreachSource,
  retryOrder,
  retryTargets,
]
