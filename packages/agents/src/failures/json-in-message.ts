import { asNonEmpty, asNumber, asObject, asText, type JsonObject } from '../streams/json-value.js'

/** What the JSON in a message tells: providers' own errors come wrapped into the words of programs. */
export interface WrappedError {
  readonly message: string | null
  readonly status: number | null
  readonly names: readonly string[]
}

const NOTHING: WrappedError = { message: null, status: null, names: [] }
const MAX_CHARS = 20_000

/** Reads the error in the first JSON object of a message; nothing when there is none. */
export function jsonInMessage(message: string): WrappedError {
  const start = message.indexOf('{')
  const end = message.lastIndexOf('}')
  if (start === -1 || end <= start || message.length > MAX_CHARS) return NOTHING
  try {
    return readError(asObject(JSON.parse(message.slice(start, end + 1))), 0)
  } catch {
    return NOTHING
  }
}

function readError(value: JsonObject | null, depth: number): WrappedError {
  if (value === null || depth > 4) return NOTHING
  const inner = readError(asObject(value['error']) ?? asObject(value['detail']), depth + 1)
  const own = ['type', 'code', 'status', 'name', 'reason'].map((key) => asText(value[key]))
  const status = ['status_code', 'statusCode', 'status', 'code']
    .map((key) => asNumber(value[key]))
    .find((number) => number !== null && number >= 400 && number < 600)
  const said = asNonEmpty(value['message']) ?? asNonEmpty(value['error']) ?? asNonEmpty(value['detail'])
  const deeper = said?.startsWith('{') === true ? jsonInMessage(said) : NOTHING
  return {
    message: inner.message ?? deeper.message ?? said,
    status: inner.status ?? deeper.status ?? status ?? null,
    names: [...inner.names, ...deeper.names, ...own.filter((name) => name !== null)],
  }
}
