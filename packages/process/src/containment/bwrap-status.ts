import type { Readable } from 'node:stream'

/** What bwrap reports on its status descriptor. */
export interface BwrapStatus {
  /** The first process of the new namespace, as seen from outside; `undefined` when bwrap failed before it. */
  readonly init: Promise<number | undefined>
  /** True once bwrap has reported that the program ran and ended. */
  ran(): boolean
  /** Resolves when bwrap has closed the descriptor. */
  readonly closed: Promise<void>
}

/** More than bwrap ever writes. */
const LIMIT = 64 * 1024

/** Reads the JSON documents that bwrap writes to `--json-status-fd`, one per line (bubblewrap 0.8). */
export function readBwrapStatus(source: Readable): BwrapStatus {
  let text = ''
  let ran = false
  let settle: (pid: number | undefined) => void = () => {}
  const init = new Promise<number | undefined>((resolve) => (settle = resolve))
  source.on('data', (chunk: Buffer) => {
    if (text.length < LIMIT) text += chunk.toString('latin1')
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n')) {
      const document = parse(text.slice(0, end))
      text = text.slice(end + 1)
      if (typeof document['child-pid'] === 'number') settle(document['child-pid'])
      if ('exit-code' in document) ran = true
    }
  })
  source.on('error', () => source.destroy())
  const closed = new Promise<void>((resolve) => source.once('close', resolve)).then(() => settle(undefined))
  return { init, ran: () => ran, closed }
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
