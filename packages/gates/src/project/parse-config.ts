import { parse } from 'smol-toml'

/** The JSON of a file that may be damaged; null when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return null
  }
}

/** JSON with comments and trailing commas, as Deno and TypeScript read it; null when it is not that. */
export function parseJsonWithComments(text: string): unknown {
  const plain = text.replace(
    /("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[^]*?\*\//g,
    (_, string: string | undefined) => string ?? ' ',
  )
  return parseJson(
    plain.replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g, (_, string: string | undefined) => string ?? ''),
  )
}

/** The TOML of a file that may be damaged; null when it is not TOML. */
export function parseToml(text: string): unknown {
  try {
    return parse(text)
  } catch {
    return null
  }
}

/** The value at a path of keys, or undefined. Own keys only. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  let current = value
  for (const key of keys) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined
    current = Reflect.get(current, key)
  }
  return current
}

/** The non-blank string at a path of keys, or null. */
export function stringAt(value: unknown, ...keys: readonly string[]): string | null {
  const found = valueAt(value, ...keys)
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : null
}
