import { closest, type Diagnostic } from '@gump/errors'

import { findKey, formatKeyPath, type KeyPath } from './key-path.js'
import { configKeys } from './keys.js'
import type { ConfigLayer, Setting } from './layer.js'
import { retiredVariableNote } from './retired.js'

/** Set by Gump itself in what it starts; no configuration. */
const internal = new Set(['GUMP_CONTAINER'])

/** `GUMP_PARALLEL_JOBS` for `parallel.jobs`; undefined for keys whose names the user chooses. */
export function variableName(path: string): string | undefined {
  return path.includes('*') ? undefined : `GUMP_${path.replaceAll('.', '_').toUpperCase()}`
}

/** Reads the `GUMP_*` variables. Unknown ones are warnings: other software may use the prefix too. */
export function readEnvironmentLayer(env: Readonly<Record<string, string | undefined>>): ConfigLayer {
  const settings: Setting[] = []
  const diagnostics: Diagnostic[] = []
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith('GUMP_') || value === undefined || value === '' || internal.has(name)) continue
    const path = pathOf(name)
    const key = path === undefined ? undefined : findKey(path)
    if (path === undefined || key === undefined) {
      const note = retiredVariableNote(name)
      if (note !== undefined) {
        diagnostics.push(note)
        continue
      }
      const suggestion = closest(name, knownVariables)
      diagnostics.push({
        code: 'GUMP-C002',
        severity: 'warning',
        message: `the environment variable ${name} means nothing to Gump`,
        ...(suggestion === undefined ? {} : { suggestion }),
      })
      continue
    }
    const checked = key.kind.check(key.kind.fromText(value))
    if (checked === undefined) {
      diagnostics.push({
        code: 'GUMP-C003',
        severity: 'error',
        message: `illegal value in the environment variable ${name} (${formatKeyPath(path)})`,
        expected: key.kind.expected,
      })
      continue
    }
    settings.push({ path, key, value: checked, source: 'environment', where: name })
  }
  return { settings, diagnostics }
}

const knownVariables = configKeys.map(({ path }) => variableName(path)).filter((name) => name !== undefined)

function pathOf(name: string): KeyPath | undefined {
  const exact = configKeys.find(({ path }) => variableName(path) === name)
  if (exact !== undefined) return exact.path.split('.')
  const executable = /^GUMP_AGENTS_([A-Z0-9]+)_EXECUTABLE$/u.exec(name)?.[1]
  return executable === undefined ? undefined : ['agents', executable.toLowerCase(), 'executable']
}
