import { parseTemplate, renderTemplate, templateVariables } from '@gump/state'
import { GumpError } from '@gump/errors'
import { type Value, valueOf, type Viewpoint } from '../core/values.js'
import type { RunContext } from './run-context.js'

/** Reads the values of variables, from the state and from the artifacts it refers to. */
export async function readValues(
  context: RunContext,
  at: Viewpoint,
  names: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>()
  for (const name of new Set(names)) {
    const text = await readValue(context, valueOf(at, name))
    if (text !== null) values.set(name, text)
  }
  return values
}

/** Renders a template where a step stands. Names without a value throw, as validation would have. */
export async function renderAt(context: RunContext, at: Viewpoint, source: string): Promise<string> {
  const template = parseTemplate(source)
  const values = await readValues(context, at, templateVariables(template))
  return renderTemplate(template, (name) => values.get(name))
}

async function readValue(context: RunContext, value: Value): Promise<string | null> {
  switch (value.kind) {
    case 'text':
      return value.text
    case 'artifact':
      return context.artifacts.readText(value.ref.path)
    case 'spec':
      return context.inputs.spec?.text ?? ''
    case 'diff':
      return value.artifact === null ? '' : context.artifacts.readText(value.artifact.path)
    case 'template':
      return renderAt(context, value.at, value.text)
    case 'missing':
      return null
  }
}

/** A prompt file's text as it was when the run began. */
export function promptFileText(context: RunContext, workflow: string, path: string): string {
  const text = context.inputs.sources[workflow]?.files[path]
  if (text === undefined) {
    throw new GumpError('GUMP-R002', `the prompt file ${path} is not among the inputs of the run`, {
      data: { path },
    })
  }
  return text
}
