import type { LedgerEvent } from '@gump/ledger'
import { toSpans } from '@gump/report'

import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'
import { otlpJson } from './otlp-json.js'

/** A collector that does not answer must not hold up the end of a run. */
const patienceMs = 2000

/** Where traces go: `otel.endpoint`, or the standard variable; null when nobody asked for any. */
export function traceEndpoint(context: CliContext, config: Configuration): string | null {
  const exact = context.env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']
  if (exact !== undefined && exact !== '') return exact
  const base = config.text('otel', 'endpoint') ?? context.env['OTEL_EXPORTER_OTLP_ENDPOINT']
  return base === undefined || base === '' ? null : `${base.replace(/\/+$/u, '')}/v1/traces`
}

/** Sends the trace of a run. That it could not be sent is said, and changes nothing else. */
export async function exportRun(
  context: CliContext,
  endpoint: string,
  events: readonly LedgerEvent[],
  warn: (message: string) => void,
): Promise<void> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers(context.env['OTEL_EXPORTER_OTLP_HEADERS']) },
      body: JSON.stringify(otlpJson(toSpans(events), context.version)),
      signal: AbortSignal.timeout(patienceMs),
    })
    if (!response.ok) warn(`the trace was refused by ${endpoint}: HTTP ${response.status}`)
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    warn(
      `the trace could not be sent to ${endpoint}: ${cause instanceof Error ? cause.message : String(cause)}`,
    )
  }
}

/** `key=value,key=value`, values percent encoded, as the OpenTelemetry specification has it. */
function headers(written: string | undefined): Readonly<Record<string, string>> {
  const pairs = (written ?? '').split(',').map((pair) => /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/u.exec(pair))
  return Object.fromEntries(
    pairs.filter((pair) => pair !== null).map(([, key = '', value = '']) => [key, decode(value)]),
  )
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
