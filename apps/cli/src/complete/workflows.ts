import type { Step } from '@gump/schema'

import { composePlaybook } from '../compose/playbook.js'
import type { CliContext } from '../context.js'
import { repositoryRoot } from '../repository.js'
import type { Candidate } from './situation.js'

const origins = { project: 'of this repository', user: 'yours', builtin: 'built-in' } as const

/** All workflows that can be run here, by name. */
export async function workflowNames(context: CliContext): Promise<readonly Candidate[]> {
  const listed = await composePlaybook(context, repositoryRoot(context.cwd)).list()
  return listed.map(({ ref, origin }) => ({
    word: ref,
    about: origins[origin as keyof typeof origins] ?? origin,
  }))
}

/** The names of a workflow's steps. */
export async function stepsOfWorkflow(context: CliContext, workflow: string): Promise<readonly Candidate[]> {
  if (workflow === '') return []
  const source = await composePlaybook(context, repositoryRoot(context.cwd)).resolve(workflow)
  const { parseWorkflow } = await import('@gump/schema')
  const steps = parseWorkflow(source).draft?.workflow?.steps ?? []
  return [...new Set(steps.flatMap(namesIn))].map((word) => ({ word }))
}

function namesIn(step: Step): readonly string[] {
  return [step.name, ...(step.kind === 'group' ? step.steps.flatMap(namesIn) : [])]
}
