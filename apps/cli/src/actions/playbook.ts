import { type Diagnostic, formatDiagnostics } from '@gump/errors'
import { loadWorkflows, migrateWorkflow, parseWorkflow, type Playbook } from '@gump/schema'

import { composePlaybook } from '../compose/playbook.js'
import type { CliContext } from '../context.js'
import { json } from '../display/json.js'
import { table } from '../display/table.js'
import { exitCodes } from '../exit-codes.js'
import { repositoryRoot } from '../repository.js'

function playbookHere(context: CliContext): Playbook {
  return composePlaybook(context, repositoryRoot(context.cwd))
}

export async function listPlaybook(
  context: CliContext,
  options: { readonly json: boolean },
): Promise<number> {
  const entries = (await playbookHere(context).list()).map((source) => {
    const { workflow } = parseWorkflow(source)
    const description = workflow === null ? null : (workflow.description ?? '')
    return { name: source.ref, origin: source.origin, file: source.file, description }
  })
  const rows = entries.map(({ name, origin, description }) => [
    name,
    origin,
    description?.split('\n')[0] ?? 'has mistakes: gump playbook validate shows them',
  ])
  context.stdout.write(options.json ? json(entries) : table([['WORKFLOW', 'FROM', 'DESCRIPTION'], ...rows]))
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
  options: { readonly workflow: string | undefined; readonly json: boolean },
): Promise<number> {
  const playbook = playbookHere(context)
  const refs =
    options.workflow === undefined ? (await playbook.list()).map(({ ref }) => ref) : [options.workflow]
  const found = new Map<string, Diagnostic>()
  const texts: Record<string, string> = {}
  for (const ref of refs) {
    const loaded = await loadWorkflows(playbook, ref)
    Object.assign(texts, loaded.texts)
    for (const diagnostic of loaded.diagnostics) found.set(JSON.stringify(diagnostic), diagnostic)
  }
  const diagnostics = [...found.values()]
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  if (options.json) {
    context.stdout.write(json(diagnostics))
  } else {
    const shown = formatDiagnostics(diagnostics, texts, { color: context.color, width: context.width })
    if (shown !== '') context.stdout.write(`${shown}\n\n`)
    const checked = refs.length === 1 ? String(refs[0]) : `${refs.length} workflows`
    context.stdout.write(
      errors === 0
        ? `${checked}: valid\n`
        : `${checked}: ${errors} ${errors === 1 ? 'mistake' : 'mistakes'}\n`,
    )
  }
  return errors === 0 ? exitCodes.passed : exitCodes.refused
}

/** Prints the workflow in the current language, or lists what has no form there. */
export async function migrate(context: CliContext, workflow: string): Promise<number> {
  const source = await playbookHere(context).resolve(workflow)
  const { text, diagnostics } = migrateWorkflow(source)
  const options = { color: context.colorErrors, width: context.stderr.columns || 100 }
  if (diagnostics.length > 0) {
    context.stderr.write(`${formatDiagnostics(diagnostics, { [source.file]: source.text }, options)}\n`)
  }
  if (text === null) return exitCodes.refused
  context.stdout.write(text)
  return exitCodes.passed
}
