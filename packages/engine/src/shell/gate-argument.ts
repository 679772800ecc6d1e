import type { GateArgumentKind } from '@gump/gates'
import type { TemplateText } from '@gump/schema'
import { parseTemplate, renderShell, templateVariables } from '@gump/state'
import type { GateEffect } from '@gump/core'
import { readValues, renderAt } from './read-value.js'
import { type RunContext, viewpoint } from './run-context.js'

export interface RenderedArgument {
  readonly value: string | number | readonly string[] | null
  /** Values inserted into shell text travel here, as data. */
  readonly env: Readonly<Record<string, string>>
}

export async function renderGateArgument(
  context: RunContext,
  effect: GateEffect,
  kind: GateArgumentKind,
): Promise<RenderedArgument> {
  const { argument } = effect.gate
  const at = { ...viewpoint(context, effect.frame, effect.step.name), judging: true }
  if (argument === undefined) return { value: null, env: {} }
  if (typeof argument === 'number') return { value: argument, env: {} }
  if (isList(argument)) {
    const values: string[] = []
    for (const item of argument) values.push(await renderAt(context, at, item.text))
    return { value: values, env: {} }
  }
  if (kind !== 'command') {
    const value = await renderAt(context, at, argument.text)
    return { value: kind === 'globs' ? [value] : value, env: {} }
  }
  const template = parseTemplate(argument.text)
  const values = await readValues(context, at, templateVariables(template))
  const { command, env } = renderShell(template, (name) => values.get(name))
  return { value: command, env }
}

function isList(argument: TemplateText | readonly TemplateText[]): argument is readonly TemplateText[] {
  return Array.isArray(argument)
}
