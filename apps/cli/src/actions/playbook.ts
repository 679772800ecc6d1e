import { type Diagnostic, formatDiagnostics, plural } from '@gump/errors'
import { migrateWorkflow, type Playbook } from '@gump/schema'

import { composeCheck } from '../compose/check.js'
import { composePlaybook } from '../compose/playbook.js'
import { configured } from '../configured.js'
import type { CliContext } from '../context.js'
import { json } from '../display/json.js'
import { renderPlaybook } from '../display/playbook.js'
import { exitCodes } from '../exit-codes.js'
import { type ListedWorkflow, listWorkflows } from '../playbook/list-workflows.js'
import { repositoryRoot } from '../repository.js'

function playbookHere(context: CliContext): Playbook {
  return composePlaybook(context, repositoryRoot(context.cwd))
}

export async function listPlaybook(
  context: CliContext,
  options: { readonly json: boolean },
): Promise<number> {
  const entries: readonly ListedWorkflow[] = await listWorkflows(context)
  context.stdout.write(
    options.json
      ? json(entries)
      : renderPlaybook(entries, { width: context.width, isTerminal: context.stdout.isTTY }),
  )
  return exitCodes.passed
}

export async function showWorkflow(
  context: CliContext,
  options: { readonly workflow: string; readonly json: boolean },
): Promise<number> {
  const source = await playbookHere(context).resolve(options.workflow)
  const { ref, origin, file, text } = source
  if (options.json) context.stdout.write(json({ name: ref, origin, file, text }))
  else context.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  return exitCodes.passed
}

export async function validateWorkflows(
  context: CliContext,
  options: { readonly workflows: readonly string[]; readonly json: boolean },
): Promise<number> {
  const playbook = playbookHere(context)
  const root = repositoryRoot(context.cwd) ?? context.cwd
  const check = composeCheck(context, await configured(context), { root, playbook })
  const refs =
    options.workflows.length > 0 ? options.workflows : (await playbook.list()).map(({ ref }) => ref)
  const found = new Map<string, Diagnostic>()
  const texts: Record<string, string> = {}
  const summaries: string[] = []
  for (const ref of refs) {
    const checked = await check(ref)
    Object.assign(texts, checked.texts)
    for (const diagnostic of checked.diagnostics) found.set(JSON.stringify(diagnostic), diagnostic)
    summaries.push(`${ref}: ${verdict(checked.diagnostics)}${needs(checked.inputs)}\n`)
  }
  const diagnostics = [...found.values()]
  if (options.json) {
    context.stdout.write(json(diagnostics))
  } else {
    const shown = formatDiagnostics(diagnostics, texts, { color: context.color, width: context.width })
    context.stdout.write(`${shown === '' ? '' : `${shown}\n\n`}${summaries.join('')}`)
  }
  return errorsIn(diagnostics) === 0 ? exitCodes.passed : exitCodes.refused
}

function verdict(diagnostics: readonly Diagnostic[]): string {
  const errors = errorsIn(diagnostics)
  return errors === 0 ? 'valid' : plural(errors, 'mistake')
}

function needs(inputs: readonly string[]): string {
  return inputs.length === 0 ? '' : `; needs --set ${inputs.map((name) => `${name}=…`).join(' --set ')}`
}

function errorsIn(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length
}

/** Prints the workflow in the current language, or lists what has no form there. */
export async function migrate(context: CliContext, workflow: string): Promise<number> {
  const config = await configured(context)
  const source = await playbookHere(context).resolve(workflow)
  const { text, diagnostics } = migrateWorkflow(source, { unloaded: config.list('plugins', 'packages') })
  const options = { color: context.colorErrors, width: context.stderr.columns || 100 }
  if (diagnostics.length > 0) {
    context.stderr.write(`${formatDiagnostics(diagnostics, { [source.file]: source.text }, options)}\n`)
  }
  if (text === null) return exitCodes.refused
  context.stdout.write(text)
  return exitCodes.passed
}
