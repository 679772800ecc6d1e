import type { Diagnostic } from '@gump/errors'

import { formatKeyPath, type KeyPath } from './key-path.js'

/** A key that earlier programs of this name had, and that there is nothing to do for. */
interface RetiredKey {
  /** `*` stands for whatever was below a table. */
  readonly path: string
  /** Ends the sentence `KEY is ignored: …`. */
  readonly why: string
  /** What to write instead, where there is something. */
  readonly instead?: string
}

/** Files with these keys keep working: what they ask for holds without them, or is set elsewhere. */
export const retiredKeys: readonly RetiredKey[] = [
  { path: 'analytics.*', why: 'Gump sends no usage data' },
  { path: 'update.*', why: 'Gump never looks for newer versions of itself' },
  {
    path: 'validation.timeout',
    why: 'every gate has a limit of its own, of 10 minutes where none is written',
    instead: 'timeout: 5m beside the gate in the workflow',
  },
]

/** Environment variables of the same kind. */
const retiredVariables: Readonly<Record<string, string>> = {
  GUMP_NO_UPDATE_CHECK: 'update.check',
}

/** The names of keys that have moved, as `gump config set` took them. */
const moved: Readonly<Record<string, string>> = {
  verbose: 'display.verbose',
  compile_cmd: 'gates.compile',
  test_cmd: 'gates.test',
  lint_cmd: 'gates.lint',
  coverage_cmd: 'gates.coverage',
}

/** The fate of a former key; undefined for one that never existed. A table counts when all below it is retired. */
export function retired(path: KeyPath): RetiredKey | undefined {
  return retiredKeys.find((key) => {
    const pattern = key.path.split('.')
    return path.length <= pattern.length && pattern.every((part, i) => part === '*' || part === path[i])
  })
}

/** The note about a retired key in a file. */
export function retiredNote(path: KeyPath, { why, instead }: RetiredKey): Diagnostic {
  return {
    code: 'GUMP-C009',
    severity: 'note',
    message: `${formatKeyPath(path)} is ignored: ${why}`,
    ...(instead === undefined ? {} : { expected: instead }),
  }
}

/** The note about a retired environment variable; undefined for any other. */
export function retiredVariableNote(name: string): Diagnostic | undefined {
  const path = Object.hasOwn(retiredVariables, name) ? retiredVariables[name]?.split('.') : undefined
  const key = path === undefined ? undefined : retired(path)
  if (key === undefined) return undefined
  return { code: 'GUMP-C009', severity: 'note', message: `${name} is ignored: ${key.why}` }
}

/** Today's path for a key that the user types under its old name. */
export function pathOfToday(written: string): string {
  return Object.hasOwn(moved, written) ? (moved[written] ?? written) : written
}
