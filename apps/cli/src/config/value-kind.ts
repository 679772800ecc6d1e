import { parseDuration } from '@gump/schema'

/** A configuration value after checking. */
export type ConfigValue = string | number | boolean | readonly string[]

/** What a key accepts, in TOML and as the text of an environment variable or a command line. */
export interface ValueKind {
  /** For messages: `a number above 0`. */
  readonly expected: string
  /** The value as it is used, or undefined when it is not one of this kind. */
  check(value: unknown): ConfigValue | undefined
  /** The TOML value that a text outside TOML stands for; undefined when it stands for none. */
  fromText(text: string): unknown
  /** JSON Schema of the TOML value. */
  readonly schema: Readonly<Record<string, unknown>>
}

export const text: ValueKind = {
  expected: 'a text that is not empty',
  check: (value) => (typeof value === 'string' && value.trim() !== '' ? value : undefined),
  fromText: (value) => value,
  schema: { type: 'string', minLength: 1 },
}

export const toggle: ValueKind = {
  expected: 'true or false',
  check: (value) => (typeof value === 'boolean' ? value : undefined),
  fromText: (value) => ({ true: true, '1': true, false: false, '0': false })[value.trim().toLowerCase()],
  schema: { type: 'boolean' },
}

export const count: ValueKind = {
  expected: 'a whole number above 0',
  check: (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined,
  fromText: numeric,
  schema: { type: 'integer', exclusiveMinimum: 0 },
}

export const amount: ValueKind = {
  expected: 'a number above 0',
  check: (value) => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined),
  fromText: numeric,
  schema: { type: 'number', exclusiveMinimum: 0 },
}

export const price: ValueKind = {
  expected: 'a number, 0 or above',
  check: (value) => (typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined),
  fromText: numeric,
  schema: { type: 'number', minimum: 0 },
}

export const list: ValueKind = {
  expected: 'a list of texts',
  check: (value) =>
    Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')
      ? (value as readonly string[])
      : undefined,
  fromText: textList,
  schema: { type: 'array', items: { type: 'string', minLength: 1 } },
}

/** One of a few words. */
export function choice(...words: readonly string[]): ValueKind {
  return {
    expected: words.map((word) => `"${word}"`).join(' or '),
    check: (value) => (typeof value === 'string' && words.includes(value) ? value : undefined),
    fromText: (value) => value,
    schema: { enum: words },
  }
}

/** One of a few words, or a list of texts. */
export function choiceOrList(...words: readonly string[]): ValueKind {
  const word = choice(...words)
  return {
    expected: `${word.expected} or ${list.expected}`,
    check: (value) => word.check(value) ?? list.check(value),
    fromText: (value) => (words.includes(value) ? value : textList(value)),
    schema: { anyOf: [word.schema, list.schema] },
  }
}

export const duration: ValueKind = {
  expected: 'a duration such as 90s, 30m, 1h30m',
  check: (value) => (typeof value === 'string' && parseDuration(value) !== null ? value : undefined),
  fromText: (value) => value,
  schema: { type: 'string', pattern: '^([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$', minLength: 2 },
}

function numeric(value: string): number | undefined {
  return /^-?\d+(?:\.\d+)?$/u.test(value.trim()) ? Number(value) : undefined
}

/** Comma separated, or a JSON list when an item itself has a comma. */
function textList(value: string): unknown {
  if (!value.trimStart().startsWith('[')) {
    return value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
  }
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
