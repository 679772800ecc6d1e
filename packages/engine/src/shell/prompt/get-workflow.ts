import { parseTemplate, templateVariables } from '@gump/state'
import { calledName, type LaunchEffect, workflowOf } from '@gump/core'
import { readValues } from '../read-value.js'
import { type RunContext, viewpoint } from '../run-context.js'

/**
 * The result of the workflow of GET, for a prompt that does not name a part of it: the output of its last step.
 */
export async function outputOfGet(
  context: RunContext,
  { step, frame }: LaunchEffect,
  prompt: string,
): Promise<string> {
  const call = step.getWorkflow
  if (call === undefined) return ''
  const own = calledName(call.workflow)
  const names = templateVariables(parseTemplate(prompt))
  if (names.some((name) => namesState(name) || name === own || name.startsWith(`${own}.`))) return ''
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
