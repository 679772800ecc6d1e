import { isMap, parseDocument } from 'yaml'
import { parseJson } from '../project/parse-config.js'

/** One file that a command goes through: as the run began with, and as the attempt left it. */
export interface RouteFile {
  readonly path: string
  readonly base: string | null
  readonly attempt: string | null
}

/** Parts of a manifest that decide what a command starts; the rest is the attempt's. */
const ROUTE_KEYS: Readonly<Record<string, readonly string[]>> = {
  'package.json': ['scripts', 'packageManager', 'config', 'devEngines'],
  'composer.json': ['scripts', 'config'],
  'deno.json': ['tasks'],
  'deno.jsonc': ['tasks'],
}

/** Settings of a pnpm workspace that say which packages there are, and nothing about how scripts run. */
const WORKSPACE_KEYS = new Set(['packages', 'catalog', 'catalogs'])

/**
 * What must stand in the place of a file while a gate runs; null: nothing may be there; undefined: it stays as it is.
 * Of manifests only what decides how a command runs is the base's: dependencies that the attempt added stay.
 *
 * @example
 * ```ts
 * routeContent({ path: 'package.json', base: '{"scripts":{"test":"vitest run"}}', attempt: '{"scripts":{"test":"true"}}' })
 * // '{"scripts":{"test":"vitest run"}}', with the indentation of two blanks
 * ```
 */
export function routeContent({ path, base, attempt }: RouteFile): string | null | undefined {
  if (base === attempt) return undefined
  const name = path.slice(path.lastIndexOf('/') + 1)
  const keys = ROUTE_KEYS[name]
  if (keys !== undefined) {
    // Deno reads comments, too; with those, the parts of a manifest are not told apart here.
    const commented = name.startsWith('deno.') && base !== null && attempt !== null
    if (commented && (objectOf(base) === null || objectOf(attempt) === null)) return base
    return manifest(keys, base, attempt)
  }
  if (name === 'pnpm-workspace.yaml') return workspace(base, attempt)
  return base
}

function manifest(keys: readonly string[], base: string | null, attempt: string | null): string | undefined {
  // A new package brings its own scripts, and a removed one has nothing to run.
  if (base === null || attempt === null) return undefined
  const old = objectOf(base)
  const now = objectOf(attempt)
  // What is no JSON fails by itself.
  if (old === null || now === null) return undefined
  const kept: Record<string, unknown> = { ...now }
  for (const key of keys) {
    const value = key === 'scripts' || key === 'tasks' ? scriptsOf(old[key], now[key]) : old[key]
    if (value === undefined) delete kept[key]
    else kept[key] = value
  }
  return JSON.stringify(kept) === JSON.stringify(now) ? undefined : `${JSON.stringify(kept, null, 2)}\n`
}

/** Every script of the base, and new ones; a new script that would run before or after one of the base's does not count. */
function scriptsOf(base: unknown, attempt: unknown): unknown {
  const old = recordOf(base)
  const now = recordOf(attempt)
  if (old === null) return now ?? undefined
  const added = Object.entries(now ?? {}).filter(([name]) => {
    if (Object.hasOwn(old, name)) return false
    const hooked = /^(?:pre|post)(.+)$/.exec(name)?.[1]
    return hooked === undefined || !(Object.hasOwn(old, hooked) || LIFECYCLE.has(hooked))
  })
  return { ...old, ...Object.fromEntries(added) }
}

const LIFECYCLE = new Set([
  'install',
  'test',
  'start',
  'restart',
  'stop',
  'version',
  'pack',
  'publish',
  'autoload-dump',
])

function workspace(base: string | null, attempt: string | null): string | null | undefined {
  if (base === null || attempt === null) return attempt === null ? base : withoutSettings(attempt)
  const settings = (text: string): string => {
    const document = parseDocument(text)
    if (!isMap(document.contents)) return text
    const entries = Object.entries(document.toJS() as Record<string, unknown>).filter(
      ([key]) => !WORKSPACE_KEYS.has(key),
    )
    return JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
  return settings(base) === settings(attempt) ? undefined : base
}

/** A workspace file that the base did not have may list packages. */
function withoutSettings(text: string): string | null | undefined {
  const document = parseDocument(text)
  if (!isMap(document.contents)) return null
  const entries = Object.keys(document.toJS() as Record<string, unknown>)
  return entries.every((key) => WORKSPACE_KEYS.has(key)) ? undefined : null
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  return recordOf(parseJson(text))
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null
}
