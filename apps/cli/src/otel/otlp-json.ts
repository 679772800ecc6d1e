import type { Attributes, SpanRecord } from '@gump/report'

const kinds = { internal: 1, client: 3 } as const
const statuses = { unset: 0, ok: 1, error: 2 } as const

/** Spans as OTLP/HTTP carries them in JSON (`ExportTraceServiceRequest`, version 1 of the protocol). */
export function otlpJson(spans: readonly SpanRecord[], version: string): unknown {
  return {
    resourceSpans: [
      {
        resource: { attributes: encode({ 'service.name': 'gump', 'service.version': version }) },
        scopeSpans: [{ scope: { name: 'gump', version }, spans: spans.map(encodeSpan) }],
      },
    ],
  }
}

function encodeSpan(span: SpanRecord): unknown {
  const { traceId, spanId, parentSpanId, name, kind, startMs, endMs, status, message } = span
  return {
    traceId,
    spanId,
    ...(parentSpanId === null ? {} : { parentSpanId }),
    name,
    kind: kinds[kind],
    // Nanoseconds exceed what a JSON number holds exactly; the protocol wants a text.
    startTimeUnixNano: `${Math.round(startMs)}000000`,
    endTimeUnixNano: `${Math.round(endMs)}000000`,
    attributes: encode(span.attributes),
    status: { code: statuses[status], ...(message === null ? {} : { message }) },
  }
}

function encode(attributes: Attributes): readonly unknown[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: encodeValue(value) }))
}

function encodeValue(value: string | number | boolean): unknown {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}
