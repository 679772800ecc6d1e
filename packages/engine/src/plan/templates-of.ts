import type { GateSpec, Prompt, Step, TemplateText, WorkflowCall } from '@gump/schema'
import { defaultPrompt } from '../prompt/default-prompt.js'

/** A template of a step, and what kind of text it is. */
export interface FoundTemplate {
  readonly text: string
  readonly range: TemplateText['range']
  /** In shell text a bare name that nobody provides stays as it is. */
  readonly shell: boolean
  readonly what: string
}

/** Every template that a step renders when it runs, steps inside it left out. */
export function templatesOf(
  step: Step,
  inTask: boolean,
  promptFile: (path: string) => string | undefined,
): FoundTemplate[] {
  const found: FoundTemplate[] = []
  const add = (template: TemplateText, what: string, shell = false): void => {
    found.push({ text: template.text, range: template.range, shell, what })
  }
  const addPrompt = (prompt: Prompt): void => {
    if (prompt.kind === 'inline') return add(prompt.template, 'prompt')
    const text = prompt.template?.text ?? promptFile(prompt.path)
    if (text !== undefined) add({ text, range: prompt.range }, 'prompt')
  }
  const addCall = (call: WorkflowCall): void => {
    for (const [name, value] of Object.entries(call.with)) add(value, `with.${name}`)
  }
  if (step.kind === 'agent') {
    if (step.agent !== undefined) add(step.agent, 'agent')
    if (step.prompt !== undefined) addPrompt(step.prompt)
    else if (step.agent?.text !== 'pass')
      add({ text: defaultPrompt(step, inTask), range: step.range }, 'default prompt')
    for (const source of step.context) {
      if (source.kind === 'file') add(source.path, 'context')
      else add(source.command, 'context', true)
    }
    if (step.getWorkflow !== undefined) addCall(step.getWorkflow)
  }
  if (step.kind === 'workflow') addCall(step.call)
  for (const gate of step.gates) addGate(gate, add, addCall)
  for (const entry of step.retry?.entries ?? []) {
    if (entry.override.agent !== undefined) add(entry.override.agent, 'agent')
    if (entry.override.replan !== undefined) add(entry.override.replan, 'agent')
    if (entry.override.prompt !== undefined) addPrompt(entry.override.prompt)
    if (entry.condition.when === 'validate') addCall(entry.condition.call)
  }
  return found
}

function addGate(
  gate: GateSpec,
  add: (template: TemplateText, what: string, shell?: boolean) => void,
  addCall: (call: WorkflowCall) => void,
): void {
  if (gate.call !== undefined) addCall(gate.call)
  const { argument } = gate
  if (argument === undefined || typeof argument === 'number') return
  const list = 'text' in argument ? [argument] : argument
  for (const template of list) add(template, `gate ${gate.name}`, gate.gate === 'bash')
}
