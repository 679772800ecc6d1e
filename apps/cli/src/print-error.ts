import { resolve } from 'node:path'

import {
  type Diagnostic,
  escapeControl,
  formatDiagnostics,
  formatError,
  type GumpError,
  toGumpError,
} from '@gump/errors'
import { readGivenFile } from '@gump/schema'

import { type CliContext, logs } from './context.js'
import { exitCodeOfError } from './exit-codes.js'
import { repositoryRoot } from './repository.js'

const longestSource = 1024 * 1024

/** The one place where errors become text on stderr. Returns the exit code. */
export function printError(context: CliContext, thrown: unknown): number {
  const error = toGumpError(thrown)
  const sources = { ...readSources(context, error.diagnostics), ...givenSources(error) }
  context.stderr.write(
    `${formatError(error, { color: context.colorErrors, width: width(context), sources })}\n`,
  )
  if (logs(context, 'debug')) {
    context.stderr.write(`${escapeControl(trace(thrown), { multiline: true })}\n`)
  }
  return exitCodeOfError(error.code)
}

/** Warnings and notes about files and settings, on stderr. */
export function printDiagnostics(
  context: CliContext,
  diagnostics: readonly Diagnostic[],
  texts: Readonly<Record<string, string>> = {},
): void {
  const wanted = diagnostics.filter(({ severity }) => logs(context, weight[severity]))
  if (wanted.length === 0) return
  const sources = { ...readSources(context, wanted), ...texts }
  context.stderr.write(
    `${formatDiagnostics(wanted, sources, { color: context.colorErrors, width: width(context) })}\n\n`,
  )
}

const weight = { error: 'error', warning: 'warn', note: 'info' } as const

function trace(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const cause = thrown.cause === undefined ? '' : `\ncaused by: ${trace(thrown.cause)}`
  return `${thrown.stack ?? thrown.message}${cause}`
}

function givenSources(error: GumpError): Readonly<Record<string, string>> {
  const { sources } = error.data
  return typeof sources === 'object' && sources !== null ? (sources as Record<string, string>) : {}
}

/** Texts of the files that diagnostics name, so that the lines can be shown. */
function readSources(
  context: CliContext,
  diagnostics: readonly Diagnostic[],
): Readonly<Record<string, string>> {
  const sources: Record<string, string> = {}
  for (const { file } of diagnostics) {
    if (file === undefined || Object.hasOwn(sources, file)) continue
    // One that is no longer there, or was never a file: the message stands without its line.
    const root = repositoryRoot(context.cwd)
    const read = readGivenFile(resolve(root ?? context.cwd, file), { root, maxBytes: longestSource })
    if ('text' in read) sources[file] = read.text
  }
  return sources
}

function width(context: CliContext): number {
  return context.stderr.columns || 100
}
