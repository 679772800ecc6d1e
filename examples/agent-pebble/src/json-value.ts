/** What a stream says is a guess until it is checked: a member may be missing or of any type. */
export type JsonObject = Readonly<Record<string, unknown>>

/** The object that a line holds; null when it holds something else. */
export function parseObject(line: string): JsonObject | null {
  try {
    return asObject(JSON.parse(line))
  } catch {
    return null
  }
}

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number of tokens; what is absurd counts nothing. */
export function asCount(value: unknown): number {
  return isNumber(value) && value < 1e12 ? Math.floor(value) : 0
}

export function asUsd(value: unknown): number | undefined {
  return isNumber(value) && value < 1e9 ? value : undefined
}

export function asSeconds(value: unknown): number | undefined {
  return isNumber(value) && value < 1e9 ? value : undefined
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
