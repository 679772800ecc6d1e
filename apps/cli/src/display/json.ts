/** Fields that hold names from outside, as the user wrote them, with something for each: not keys of ours. */
const mappings: ReadonlySet<string> = new Set([
  'aliases',
  'env',
  'inputs',
  'models',
  'step_worktrees',
  'texts',
  'with',
])

/**
 * A value as every command prints it with `--json`: keys in the ledger's spelling, snake_case.
 *
 * @param value - plain data; keys of ours are camelCase
 */
export function json(value: unknown): string {
  return rawJson(spelled(value))
}

/** The same for data whose keys another format lays down, such as JSON Schema. */
export function rawJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function spelled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelled)
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      return [name, mappings.has(name) ? keptKeys(field) : spelled(field)]
    }),
  )
}

function keptKeys(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return spelled(value)
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, spelled(field)]))
}
