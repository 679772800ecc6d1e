import type { AgentStep } from '@gump/schema'
import type { LoadedWorkflow, Step } from '@gump/schema'
import type { RunOptions } from '@gump/ledger'
import { innerSteps } from '../core/plan.js'

/** An agent that a step may run, and where the workflow names it. */
export interface PossibleAgent {
  readonly name: string
  readonly step: string
  readonly file: string
  readonly range: Step['range']
}

/** Every agent that any attempt of any step may use: the whole ladder, as far as names are known before the run. */
export function possibleAgents(
  workflows: Readonly<Record<string, LoadedWorkflow>>,
  options: Pick<RunOptions, 'agent_override' | 'agent_aliases' | 'default_agent'>,
): readonly PossibleAgent[] {
  const found: PossibleAgent[] = []
  for (const { workflow, source } of Object.values(workflows)) {
    const visit = (steps: readonly Step[], path: readonly string[]): void => {
      for (const step of steps) {
        const at = [...path, step.name]
        if (step.kind === 'agent') {
          for (const { text, range } of ladder(step, options)) {
            found.push({ name: text, step: at.join('/'), file: source.file, range })
          }
        }
        visit(innerSteps(step), at)
      }
    }
    visit(workflow.steps, [])
  }
  return found
}

function ladder(
  step: AgentStep,
  options: Pick<RunOptions, 'agent_override' | 'agent_aliases' | 'default_agent'>,
): readonly { readonly text: string; readonly range: Step['range'] }[] {
  if (step.agent?.text === 'pass') return []
  const own = { text: step.agent?.text ?? options.default_agent, range: step.agent?.range ?? step.range }
  const later = (step.retry?.entries ?? [])
    .flatMap(({ override }) => [override.agent, override.replan])
    .filter((a) => a !== undefined)
  const named = options.agent_override === null ? [own, ...later] : [{ ...own, text: options.agent_override }]
  return (
    named
      // `{step.agent}` is an agent that some other step names.
      .filter(({ text }) => !text.includes('{'))
      .map(({ text, range }) => {
        const standIn = Object.hasOwn(options.agent_aliases, text) ? options.agent_aliases[text] : undefined
        return { text: standIn ?? text, range }
      })
  )
}
