import { createHash } from 'node:crypto'

/** A finished span as plain data, ready for any exporter. */
export interface SpanRecord {
  /** 32 hex digits, the same for every export of the run. */
  readonly traceId: string
  /** 16 hex digits. */
  readonly spanId: string
  readonly parentSpanId: string | null
  readonly name: string
  /** `client`: a call to a model. */
  readonly kind: 'internal' | 'client'
  /** Epoch milliseconds. */
  readonly startMs: number
  readonly endMs: number
  readonly attributes: Attributes
  readonly status: 'unset' | 'ok' | 'error'
  readonly message: string | null
}

/** The attributes of a span, in the spelling of OpenTelemetry. */
export type Attributes = Readonly<Record<string, string | number | boolean>>

/** Ids are derived from names, so that exporting a run twice gives the same trace. */
export function hexId(digits: number, ...names: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, digits)
}

/** Leaves out what is not known. */
export function attributes(entries: Readonly<Record<string, string | number | boolean | null>>): Attributes {
  const known: Record<string, string | number | boolean> = {}
  for (const [name, value] of Object.entries(entries)) if (value !== null) known[name] = value
  return known
}
