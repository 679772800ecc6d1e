import { realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute } from 'node:path'
import type { ProcessSpec, SandboxPolicy } from '../contract.js'
import { contains, type Surroundings } from './mounts.js'
import type { PrivateTemp } from './private-temp.js'
import { closedSockets, closedVariables } from './sockets.js'

/** Where temporary files are for a sandboxed program, whatever the user's `TMPDIR`: socket paths have to be short. */
const TEMP = '/tmp'

/** Variables that name the folder for temporary files. */
const TEMP_VARIABLES = ['TMPDIR', 'TMP', 'TEMP', 'TEMPDIR']

/** What {@link surroundingsOf} depends on. */
export interface SurroundingsRequest {
  readonly spec: ProcessSpec
  readonly policy: SandboxPolicy
  /** Absolute path of the program. */
  readonly file: string
  readonly temp: PrivateTemp
}

/** What a sandbox on Linux adds to a policy: temporary files of its own, and no way to the user's sockets. */
export function surroundingsOf(request: SurroundingsRequest): Surroundings {
  const { spec, policy, temp } = request
  const runtime = runtimeFolder(spec)
  const open = policy.sockets ?? []
  return {
    alwaysWritable: [],
    closed: closedSockets({ all: policy.mode === 'strict', env: spec.env, open }),
    binds: [
      { source: temp.temp, target: TEMP },
      ...(runtime === undefined ? [] : [{ source: temp.runtime, target: runtime }]),
    ],
    shown: shownBelowTemp(request),
  }
}

/** How the environment differs in the sandbox; null: the variable is taken away. */
export function sandboxEnvironment(
  { env }: ProcessSpec,
  policy: SandboxPolicy,
): Record<string, string | null> {
  const changes: Record<string, string | null> = { TMPDIR: TEMP }
  for (const name of TEMP_VARIABLES) if (env[name] !== undefined) changes[name] = TEMP
  for (const name of closedVariables(env, policy.sockets ?? [])) changes[name] = null
  return changes
}

/** The folder of the user's sockets, as the login made it; not one that holds what the program works on. */
function runtimeFolder({ env, cwd }: ProcessSpec): string | undefined {
  const folder = env['XDG_RUNTIME_DIR'] ?? ''
  const path = isAbsolute(folder) ? realOf(folder) : undefined
  if (path === undefined || path === '/' || contains(path, cwd) || contains(path, env['HOME'] ?? '/')) {
    return undefined
  }
  return statSync(path).isDirectory() ? path : undefined
}

/**
 * A program that works below the folder for temporary files, or comes from there, finds what belongs together there:
 * of everything that the policy or the command line names, the first folder below it.
 */
function shownBelowTemp({ spec, policy, file }: SurroundingsRequest): string[] {
  const { env, cwd, args } = spec
  const named = [
    cwd,
    file,
    dirname(file),
    env['HOME'] ?? '',
    ...(env['PATH'] ?? '').split(':'),
    ...args,
    ...policy.readOnly,
    ...(policy.shown ?? []),
  ]
  const bases = [TEMP, ...TEMP_VARIABLES.map((name) => env[name] ?? '')].flatMap((path) => realOf(path) ?? [])
  const shown = new Set<string>()
  for (const path of named) {
    const real = realOf(path)
    if (real === undefined) continue
    const base = bases
      .filter((folder) => folder !== real && contains(folder, real))
      .toSorted((a, b) => b.length - a.length)[0]
    if (base === undefined || !contains(realOf(TEMP) ?? TEMP, base)) continue
    const end = real.indexOf('/', base.length + 1)
    shown.add(end === -1 ? real : real.slice(0, end))
  }
  return [...shown]
}

function realOf(path: string): string | undefined {
  if (!isAbsolute(path) || path.length > 4096) return undefined
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}
