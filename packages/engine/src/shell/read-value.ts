import { existsSync } from 'node:fs'
import { parseTemplate, renderTemplate, templateVariables } from '@gump/state'
import { GumpError } from '@gump/errors'
import { type Value, valueOf, type Viewpoint } from '@gump/core'
import { writeMaskedDiff } from './masked-diff.js'
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
      return context.artifacts.readText(value.ref)
    case 'spec':
      return context.inputs.spec?.text ?? ''
    case 'diff':
      return context.artifacts.readText(value.artifact ?? (await diffBetween(context, value)))
    case 'template':
      return renderAt(context, value.at, value.text)
    case 'missing':
      return null
  }
}

/** Writes down the difference of two commits, once, and returns the artifact's path. */
async function diffBetween(
  context: RunContext,
  { from, to, workspace }: Extract<Value, { kind: 'diff' }>,
): Promise<string> {
  const path = `artifacts/changes/${from}-${to}.patch`
  const file = context.artifacts.pathFor(path)
  if (!existsSync(file))
    await writeMaskedDiff(context, await context.worktrees.open(workspace), { from, to, path })
  return path
}

/** A prompt file's text as it was when the run began. */
export function promptFileText(context: Pick<RunContext, 'inputs'>, workflow: string, path: string): string {
  const text = context.inputs.sources[workflow]?.files[path]
  if (text === undefined) {
    throw new GumpError('GUMP-R002', `the prompt file ${path} is not among the inputs of the run`, {
      data: { path },
    })
  }
  return text
}
