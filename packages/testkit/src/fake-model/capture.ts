/** What the expressions find in the texts of a request, by their names. */
export function capture(
  expressions: Readonly<Record<string, string>>,
  body: unknown,
): ReadonlyMap<string, string> {
  const texts = textsOf(body)
  return new Map(
    Object.entries(expressions).flatMap(([name, expression]) => {
      const pattern = new RegExp(expression, 'u')
      const found = texts.map((text) => pattern.exec(text)?.[1]).find((value) => value !== undefined)
      return found === undefined ? [] : [[name, found]]
    }),
  )
}

/** The same value with every `${name}` in its texts filled in; what was not found stays as it is. */
export function fillIn<T>(value: T, found: ReadonlyMap<string, string>): T {
  return found.size === 0 ? value : (fill(value, found) as T)
}

function fill(value: unknown, found: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/gu, (whole, name: string) => found.get(name) ?? whole)
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, found))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, found)]))
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
