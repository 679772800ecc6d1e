import type { GateSpec, Prompt, Step, TemplateText, WorkflowCall } from '@gump/schema'
import { defaultPrompt } from '../prompt/default-prompt.js'

/** A template of a step, and what kind of text it is. */
export interface FoundTemplate {
  readonly text: string
  readonly range: TemplateText['range']
  /** In shell text a bare name that nobody provides stays as it is. */
  readonly shell: boolean
  readonly what: string
  /** The prompt file that it stands in, as the workflow names it. */
  readonly promptFile?: string
  /** Written by nobody: the default prompt of a step. */
  readonly builtin?: boolean
  /** Rendered once for each task that the step repeats over. */
  readonly perTask?: boolean
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
    if (text === undefined) return
    found.push({ text, range: prompt.range, shell: false, what: 'prompt', promptFile: prompt.path })
  }
  const addCall = (call: WorkflowCall, perTask = false): void => {
    for (const [name, { text, range }] of Object.entries(call.with))
      found.push({ text, range, shell: false, what: `with.${name}`, perTask })
  }
  if (step.kind === 'agent') {
    if (step.agent !== undefined) add(step.agent, 'agent')
    if (step.prompt !== undefined) addPrompt(step.prompt)
    else if (step.agent?.text !== 'pass') {
      const text = defaultPrompt(step, inTask)
      found.push({ text, range: step.range, shell: false, what: 'default prompt', builtin: true })
    }
    for (const source of step.context) {
      if (source.kind === 'file') add(source.path, 'context')
      else add(source.command, 'context', true)
    }
    if (step.getWorkflow !== undefined) addCall(step.getWorkflow)
  }
  if (step.kind === 'workflow') addCall(step.call, step.foreach !== undefined)
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
