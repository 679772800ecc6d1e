import { parseTemplate, templateVariables } from '@gump/state'
import type { LaunchEffect } from '../core/effects.js'
import { workflowOf } from '../core/plan.js'
import { readValues } from '../shell/read-value.js'
import { type RunContext, viewpoint } from '../shell/run-context.js'

/**
 * What the workflow of GET came to, for a prompt that does not say itself which of its state it wants: the output of its
 * last step.
 */
export async function outputOfGet(
  context: RunContext,
  { step, frame }: LaunchEffect,
  prompt: string,
): Promise<string> {
  const call = step.getWorkflow
  if (call === undefined || templateVariables(parseTemplate(prompt)).some(namesState)) return ''
  const last = workflowOf(context.plan, call.workflow).steps.at(-1)
  if (last === undefined) return ''
  const name = `state.${last.name}.output`
  const values = await readValues(context, viewpoint(context, frame, step.name), [name])
  const output = (values.get(name) ?? '').trim()
  return output === '' ? '' : `## From the workflow ${call.workflow}\n\n${output}`
}

function namesState(name: string): boolean {
  return /(?:^|\.)state\./.test(name)
}
