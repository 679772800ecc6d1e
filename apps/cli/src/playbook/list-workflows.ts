import { defaultSettings, possibleAgents } from '@gump/engine'
import { type Limits, parseWorkflow, type Workflow, type WorkflowSource } from '@gump/schema'

import { composeCheck } from '../compose/check.js'
import { composePlaybook } from '../compose/playbook.js'
import type { Configuration } from '../config/configuration.js'
import { configured } from '../configured.js'
import type { CliContext } from '../context.js'
import { repositoryRoot } from '../repository.js'

/** A workflow as `gump playbook list` shows it. */
export interface ListedWorkflow {
  readonly name: string
  readonly origin: WorkflowSource['origin']
  readonly file: string
  /** null: it has mistakes. */
  readonly description: string | null
  readonly limits: Limits
  /** Every agent that its steps name, the retry ladders included. */
  readonly agents: readonly string[]
  /** What has to be given with `--set`. */
  readonly inputs: readonly string[]
  readonly mistakes: number
}

/** Every workflow that can be run here. */
export async function listWorkflows(context: CliContext): Promise<readonly ListedWorkflow[]> {
  const root = repositoryRoot(context.cwd)
  const playbook = composePlaybook(context, root)
  const config = await configured(context)
  const check = composeCheck(context, config, { root: root ?? context.cwd, playbook })
  const listed: ListedWorkflow[] = []
  for (const source of await playbook.list()) {
    const { diagnostics, inputs } = await check(source.ref)
    const mistakes = diagnostics.filter(({ severity }) => severity === 'error').length
    const unloaded = config.list('plugins', 'packages')
    const workflow = parseWorkflow(source, { unloaded }).draft?.workflow ?? null
    listed.push({
      name: source.ref,
      origin: source.origin,
      file: source.file,
      description: mistakes > 0 ? null : (workflow?.description ?? ''),
      limits: workflow?.limits ?? {},
      agents: workflow === null ? [] : agentsOf(workflow, source, config),
      inputs,
      mistakes,
    })
  }
  return listed
}

function agentsOf(workflow: Workflow, source: WorkflowSource, config: Configuration): readonly string[] {
  const named = possibleAgents(
    { [source.ref]: { workflow, source } },
    {
      agent_override: null,
      agent_aliases: {},
      default_agent: config.text('default_agent') ?? defaultSettings.defaultAgent,
    },
  )
  return [...new Set(named.map(({ name }) => name))]
}
