import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import type { StreamEvent } from './dialect.js'
import type { Fault } from './script.js'

const NOT_JSON = '{"this is": not json'

/** Sends one JSON value. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(value))
}

/** Breaks an answer that is not streamed in the way of the fault. */
export function breakWhole(response: ServerResponse, fault: Fault): void {
  if (fault.kind === 'cut') response.socket?.destroy()
  if (fault.kind !== 'malformed') return
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(NOT_JSON)
}

/** Sends events one by one, up to where the fault strikes; resolves when no more will come. */
export async function sendEvents(
  response: ServerResponse,
  events: readonly StreamEvent[],
  options: { readonly fault: Fault | null; readonly delayMs: number },
): Promise<void> {
  const { fault, delayMs } = options
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
  const last = fault !== null && 'after' in fault ? fault.after : events.length
  for (const [index, event] of events.slice(0, last).entries()) {
    if (index > 0 && delayMs > 0) await wait(delayMs)
    if (response.destroyed) return
    response.write(encode(event))
  }
  if (fault?.kind === 'stall') return
  if (fault?.kind === 'cut') {
    // What was sent has to leave the machine before the connection breaks.
    response.write('', () => response.socket?.destroy())
    return
  }
  if (fault?.kind === 'malformed') response.write(`data: ${NOT_JSON}\n\n`)
  response.end()
}

function encode({ name, data }: StreamEvent): string {
  const head = name === undefined ? '' : `event: ${name}\n`
  return `${head}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}
