import type { AgentAdapter } from '@gump/agents'
import { type Diagnostic, isGumpError } from '@gump/errors'
import type { Playbook, Vocabulary } from '@gump/schema'
import type { EngineSettings } from '../contract.js'
import { createAgentTable } from '../shell/agent-table.js'
import type { CheckedTemplates } from './check-templates.js'
import { possibleAgents } from './possible-agents.js'
import { type CheckedWorkflows, checkWorkflows } from './resolve-plan.js'
import { unknownAgent } from './unknown-agent.js'

/** What a workflow is checked against. */
export interface WorkflowCheckOptions {
  readonly playbook: Playbook
  readonly vocabulary: Partial<Vocabulary>
  readonly agents: readonly AgentAdapter[]
  readonly settings: Pick<EngineSettings, 'agentAliases' | 'defaultAgent' | 'models'>
}

/** What is known about a workflow without a repository, a spec or inputs. */
export interface WorkflowCheck {
  /** Mistakes of the workflow and of all it calls; an input that looks like a slip of the pen is a warning. */
  readonly diagnostics: readonly Diagnostic[]
  /** Texts of the files that diagnostics name. */
  readonly texts: Readonly<Record<string, string>>
  /** What must be given with `--set`, or by the workflow that calls this one. */
  readonly inputs: readonly string[]
}

/**
 * Checks a workflow and everything it calls as a run would before it starts: structure, variables, agents.
 *
 * @throws GumpError GUMP-W060 when there is no such workflow; GUMP-W038, GUMP-W053 or GUMP-W064 when it cannot be read
 * @example
 * ```ts
 * const { diagnostics, texts } = await checkWorkflow('tdd', { playbook, vocabulary: {}, agents, settings })
 * console.error(formatDiagnostics(diagnostics, texts))
 * ```
 */
export async function checkWorkflow(ref: string, options: WorkflowCheckOptions): Promise<WorkflowCheck> {
  const found = await checkWorkflows(options.playbook, ref, options.vocabulary)
  const root = found.checked[found.loaded.root]
  return {
    diagnostics: [...found.diagnostics, ...unknownAgents(found, options), ...likelySlips(root)],
    texts: found.texts,
    inputs: (root?.inputs ?? []).map(({ name }) => name),
  }
}

function unknownAgents(
  { readable }: CheckedWorkflows,
  { agents, settings, vocabulary }: WorkflowCheckOptions,
): readonly Diagnostic[] {
  const { agentAliases, defaultAgent } = settings
  const table = createAgentTable(agents, settings)
  const named = { agent_override: null, agent_aliases: agentAliases, default_agent: defaultAgent }
  return possibleAgents(readable, named).flatMap((possible): readonly Diagnostic[] => {
    try {
      table.get(possible.name)
      return []
    } catch (error) {
      if (!isGumpError(error)) throw error
      return [unknownAgent(error, possible, vocabulary.unloaded)]
    }
  })
}

/** A bare name that nobody provides is an input; when it is close to a name that means something, it may be none. */
function likelySlips(checked: CheckedTemplates | undefined): readonly Diagnostic[] {
  return (checked?.inputs ?? []).flatMap(({ name, diagnostic }) =>
    diagnostic.suggestion === undefined
      ? []
      : [
          {
            ...diagnostic,
            severity: 'warning' as const,
            message: `nothing in this workflow provides {${name}}, so it is an input`,
          },
        ],
  )
}
