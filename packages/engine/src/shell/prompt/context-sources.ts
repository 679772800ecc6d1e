import { realpath } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { artifactPath } from '@gump/ledger'
import { parseTemplate, renderShell, templateVariables } from '@gump/state'
import { glob } from 'tinyglobby'
import type { LaunchEffect } from '@gump/core'
import { readValues, renderAt } from '../read-value.js'
import { type RunContext, viewpoint } from '../run-context.js'
import { runShell } from '../run-shell.js'
import { projectSandbox } from '../sandbox-policy.js'
import { readBeginning } from '../../prompt/read-beginning.js'
import { fenced } from '../../prompt/retry-section.js'

const maxFileBytes = 256 * 1024

/** What `context:` brings, as text for the prompt. What is missing is a warning, never a failure. */
export async function readContext(
  context: RunContext,
  effect: LaunchEffect,
  cwd: string,
  signal: AbortSignal,
): Promise<string> {
  const parts: string[] = []
  for (const [index, source] of effect.step.context.entries()) {
    parts.push(
      source.kind === 'file'
        ? await readFiles(context, effect, cwd, source.path.text)
        : await runCommand(context, effect, { cwd, source: source.command.text, index, signal }),
    )
  }
  const found = parts.filter((part) => part !== '')
  return found.length === 0 ? '' : ['## Context', ...found].join('\n\n')
}

async function readFiles(
  context: RunContext,
  effect: LaunchEffect,
  cwd: string,
  template: string,
): Promise<string> {
  const pattern = await renderAt(context, viewpoint(context, effect.frame, effect.step.name), template)
  const root = await realpath(cwd)
  const found = await glob(pattern, { cwd: root, dot: true, onlyFiles: true, followSymbolicLinks: false })
  const files = found.toSorted()
  if (files.length === 0) warn(context, effect, `context file ${pattern} does not exist`)
  const texts = await Promise.all(files.map((file) => readOne(context, effect, root, file)))
  return texts.filter((text) => text !== '').join('\n\n')
}

async function readOne(
  context: Pick<RunContext, 'journal'>,
  effect: LaunchEffect,
  root: string,
  file: string,
): Promise<string> {
  const path = await realpath(resolve(root, file)).catch(() => null)
  if (path === null || !path.startsWith(root + sep)) {
    warn(context, effect, `context file ${file} is outside the worktree and was left out`)
    return ''
  }
  const name = relative(root, path)
  const read = await readBeginning(path, maxFileBytes)
  if (read === null) {
    warn(context, effect, `context file ${name} is not a readable regular file and was left out`)
    return ''
  }
  const { text, size } = read
  if (size <= maxFileBytes) return `${name}:\n${fenced(text.trimEnd())}`
  warn(context, effect, `context file ${name} was cut at ${maxFileBytes} bytes`)
  return `${name} (first ${maxFileBytes} of ${size} bytes):\n${fenced(text)}`
}

interface ContextCommand {
  readonly cwd: string
  /** A template. */
  readonly source: string
  /** Where it stands in the step's list. */
  readonly index: number
  readonly signal: AbortSignal
}

async function runCommand(
  context: RunContext,
  effect: LaunchEffect,
  { cwd, source, index, signal }: ContextCommand,
): Promise<string> {
  const template = parseTemplate(source)
  const at = viewpoint(context, effect.frame, effect.step.name)
  const values = await readValues(context, at, templateVariables(template))
  const { command, env } = renderShell(template, (name) => values.get(name))
  const log = artifactPath(effect.launch, `context-${index + 1}.log`)
  const result = await runShell(context, {
    command,
    env,
    cwd,
    log,
    name: `${effect.id}.context.${index + 1}`,
    step: effect.path,
    sandbox: await projectSandbox(context, cwd),
    worktree: effect.mode === 'none' ? null : await context.worktrees.open(effect.workspace),
    signal,
  })
  if (result.exitCode !== 0)
    warn(context, effect, `context command "${source}" ended with ${result.exitCode ?? result.signal}`)
  return `$ ${source}\n${fenced(result.output.trimEnd())}`
}

function warn(context: Pick<RunContext, 'journal'>, effect: LaunchEffect, message: string): void {
  context.journal.append([{ type: 'warning', step: effect.path, message }])
}
