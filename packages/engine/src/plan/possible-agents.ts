import type { AgentStep, LoadedWorkflow, Step } from '@gump/schema'
import type { RunOptions } from '@gump/ledger'
import { innerSteps } from '@gump/core'
import { standInFor } from '@gump/history'
import { type GivenInputs, type GivenValue, givenValues, inputNamed } from './given-values.js'

/** An agent that a step may run, and who names it. */
export interface PossibleAgent {
  readonly name: string
  readonly step: string
  /** The workflow, or a value given to it; the request, for all steps; the settings, for steps that name none. */
  readonly by: 'workflow' | 'request' | 'settings'
  /** Where the workflow names it; the step where it does not. */
  readonly file: string
  readonly range: Step['range']
}

/**
 * Every agent that any attempt of any step may use: the whole ladder, as far as names are known before the run.
 *
 * @param given - what a person gives, for agents that are an input
 */
export function possibleAgents(
  workflows: Readonly<Record<string, LoadedWorkflow>>,
  options: Pick<RunOptions, 'agent_override' | 'agent_aliases' | 'default_agent'>,
  given?: GivenInputs,
): readonly PossibleAgent[] {
  const found: PossibleAgent[] = []
  const valuesOf = givenValues(workflows, given)
  for (const [ref, { workflow, source }] of Object.entries(workflows)) {
    const visit = (steps: readonly Step[], path: readonly string[]): void => {
      for (const step of steps) {
        const at = [...path, step.name]
        if (step.kind === 'agent') {
          for (const { text, range, by } of ladder(step, options)) {
            const input = inputNamed(text)
            const values: readonly GivenValue[] = input === null ? [{ text }] : valuesOf(ref, input)
            for (const value of values) {
              // `{step.agent}` is an agent that some other step names.
              if (value.text.includes('{') || value.text === 'pass') continue
              const { file, range: place } = value.at ?? { file: source.file, range }
              const name = standInFor(options, value.text)
              found.push({ name, step: at.join('/'), by, file, range: place })
            }
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
): readonly (Pick<PossibleAgent, 'by'> & { readonly text: string; readonly range: Step['range'] })[] {
  if (step.agent?.text === 'pass') return []
  const range = step.agent?.range ?? step.range
  if (options.agent_override !== null) return [{ text: options.agent_override, range, by: 'request' }]
  const text = step.agent?.text ?? options.default_agent
  const own = { text, range, by: step.agent === undefined ? ('settings' as const) : ('workflow' as const) }
  const later = (step.retry?.entries ?? [])
    .flatMap(({ override }) => [override.agent, override.replan])
    .filter((a) => a !== undefined)
  return [own, ...later.map((one) => ({ ...one, by: 'workflow' as const }))]
}
