import { escapeControl, isGumpError, listFirst } from '@gump/errors'
import type { GateContext, GateResult } from '../contract.js'
import { matchGlobs } from './match-globs.js'

/** The globs of a gate's argument and the changed files that match them, or the result that says what is wrong. */
export type TouchedFiles =
  | { readonly globs: string; readonly matching: readonly string[] }
  | { readonly gateResult: GateResult }

/** Holds the changed files of the attempt against the globs of the gate. Deleted files count as changed. */
export function touchedFiles(context: GateContext): TouchedFiles {
  const { argument, gate } = context
  const globs = (Array.isArray(argument) ? argument : [argument]).filter(
    (glob) => typeof glob === 'string' && glob.trim() !== '',
  )
  if (globs.length === 0) {
    const remedy = 'write one or more: `- touched: "src/**"`'
    return { gateResult: { status: 'unconfigured', reason: `the gate ${gate} has no glob`, remedy } }
  }
  try {
    const paths = context.files.map((file) => file.path)
    return { globs: escapeControl(globs.join(', ')), matching: matchGlobs(globs, paths) }
  } catch (error) {
    if (!isGumpError(error)) throw error
    const remedy = error.remedy ?? 'correct the glob'
    return { gateResult: { status: 'unconfigured', reason: error.message, remedy } }
  }
}

/** At most ten paths, safe to print. */
export function listPaths(paths: readonly string[]): string {
  return listFirst(
    paths.map((path) => escapeControl(path)),
    10,
  )
}
