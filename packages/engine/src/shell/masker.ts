import { maskSecrets, secretValues } from '@gump/process'

/** Hides known secrets in texts that are stored or shown; commits are never touched. */
export interface Masker {
  readonly secrets: readonly string[]
  mask(text: string): string
  /**
   * A value with every text in it masked, as deep as it goes. Names by which a run finds its own parts again stay: kinds
   * and paths of steps, commits, branches, containers, where artifacts are.
   */
  maskAll<T>(value: T): T
}

/** Names of members that say what something is, where it is, or which it is. */
const identifying = new Set([
  'adapter',
  'agent',
  'agents',
  'alias',
  'base_commit',
  'branch',
  'commit',
  'container',
  'from_run',
  'from_step',
  'gate',
  'guard',
  'kind',
  'level',
  'model',
  'options',
  'ref',
  'run_id',
  'session_id',
  'sha256',
  'slug',
  'status',
  'step',
  'task',
  'tree',
  'ts',
  'type',
  'user_branch',
  'workspace',
])

/** What is secret in an environment, see `secretValues`. */
export function createMasker(
  env: Readonly<Record<string, string | undefined>>,
  patterns: readonly string[],
): Masker {
  const secrets = secretValues(env, patterns)
  if (secrets.length === 0) return { secrets, mask: (text) => text, maskAll: (value) => value }
  const mask = (text: string): string => maskSecrets(text, secrets)
  const maskAll = (value: unknown): unknown => {
    if (typeof value === 'string') return mask(value)
    if (Array.isArray(value)) return value.map(maskAll)
    if (typeof value !== 'object' || value === null) return value
    const isArtifact = 'sha256' in value
    const entries = Object.entries(value).map(([name, member]) => {
      const stays = identifying.has(name) || (isArtifact && name === 'path')
      return [name, stays ? member : maskAll(member)]
    })
    return Object.fromEntries(entries)
  }
  return { secrets, mask, maskAll: (value) => maskAll(value) as typeof value }
}
