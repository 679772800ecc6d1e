import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'

import { capture, fillIn } from './capture.js'
import { asObject, type JsonObject, parseJson } from './json-value.js'
import type { LoggedRequest, SentAnswer } from './logged-request.js'
import { replyOf } from './model-reply.js'
import { createPlayback, type Playback } from './playback.js'
import { type Route, routeOf } from './route.js'
import type { FakeScript } from './script.js'
import { breakWhole, sendEvents, sendJson } from './send.js'

export interface FakeModelOptions {
  readonly script: FakeScript
  /** Only this machine can reach it. */
  readonly host?: '127.0.0.1'
  /** Default: any that is free. */
  readonly port?: number
  /** Called with every request, when it is known how it will be answered. */
  readonly onRequest?: (request: LoggedRequest) => void
  /** Called with the tokens of every answer, when nothing more of it will be sent. */
  readonly onSent?: (answer: SentAnswer) => void
}

/** A running fake model. */
export interface FakeModel {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string
  readonly port: number
  /** Everything that came so far; grows. */
  readonly requests: readonly LoggedRequest[]
  /** Breaks every connection and frees the port. */
  close(): Promise<void>
}

const LOOPBACK = '127.0.0.1'
const CHARS_PER_TOKEN = 4

/**
 * Starts a server that speaks the Anthropic, OpenAI and Gemini model APIs and plays a script, so that real coding
 * agents can be run without a network and always do the same.
 *
 * @example
 * ```ts
 * const model = await startFakeModel({ script: { conversations: [{ turns: [{ text: 'Hello.' }] }] } })
 * const env = { ANTHROPIC_BASE_URL: model.url, ANTHROPIC_API_KEY: 'none' }
 * await model.close()
 * ```
 */
export async function startFakeModel(options: FakeModelOptions): Promise<FakeModel> {
  const requests: LoggedRequest[] = []
  const log = (request: LoggedRequest): void => {
    requests.push(request)
    options.onRequest?.(request)
  }
  const stage: Stage = {
    script: options.script,
    playback: createPlayback(options.script),
    log,
    sent: options.onSent ?? (() => {}),
  }
  const server = createServer((request, response) => {
    // A client that goes away before it has said everything is no failure of the server.
    answer(stage, request, response).catch(() => response.destroy())
  })
  // Codex tries a WebSocket before it falls back to HTTP.
  server.on('upgrade', (request, socket) => {
    log({ ...headOf(request), body: null, answer: null })
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? LOOPBACK, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://${LOOPBACK}:${port}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What is played, how far it is, and who hears of the requests. */
interface Stage {
  readonly script: FakeScript
  readonly playback: Playback
  readonly log: (request: LoggedRequest) => void
  readonly sent: (answer: SentAnswer) => void
}

async function answer(stage: Stage, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { script, log } = stage
  const said = await text(incoming)
  const body = asObject(parseJson(said))
  const head = { ...headOf(incoming), body }
  const route = routeOf(head.method, head.url.replace(/\?.*$/u, ''))
  if (route === null) {
    log({ ...head, answer: null })
    return sendJson(response, 404, { error: { message: `nothing is at ${head.method} ${head.url}` } })
  }
  if (route.kind === 'models') {
    log({ ...head, answer: { kind: 'models' } })
    return sendJson(response, 200, modelList(script.models ?? ['fake-1']))
  }
  if (route.kind === 'count') {
    log({ ...head, answer: { kind: 'count' } })
    return sendJson(response, 200, route.dialect.tokenCount?.(Math.ceil(said.length / CHARS_PER_TOKEN)) ?? {})
  }
  return await answerTurn(stage, route, { ...head, body: body ?? {} }, response)
}

async function answerTurn(
  { script, playback, log, sent }: Stage,
  { dialect, target }: Extract<Route, { kind: 'answer' }>,
  incoming: Omit<LoggedRequest, 'answer'> & { readonly body: JsonObject },
  response: ServerResponse,
): Promise<void> {
  const request = dialect.readRequest(incoming.body, target)
  const { turn, fault, side, at } = playback.next(request)
  log({
    ...incoming,
    answer: {
      kind: side ? 'side' : 'turn',
      dialect: dialect.name,
      request,
      conversation: at?.conversation ?? null,
      turn: at?.turn ?? null,
      fault,
    },
  })
  if (turn.delayMs !== undefined) await wait(turn.delayMs)
  if (fault?.kind === 'silence') return
  if (fault?.kind === 'http') {
    return sendJson(response, fault.status, fault.body ?? dialect.error(fault.status), fault.headers)
  }
  const reply = fillIn(replyOf(turn, request.tools), capture(script.captures ?? {}, incoming.body))
  const { model } = request
  const told = { kind: side ? 'side' : 'turn', model, usage: reply.usage } as const
  response.once('close', () => sent({ ...told, whole: fault === null && response.writableFinished }))
  if (request.stream) {
    await sendEvents(response, dialect.events(reply, request), { fault, delayMs: turn.eventDelayMs ?? 0 })
  } else if (fault === null) {
    sendJson(response, 200, dialect.whole(reply, request))
  } else {
    breakWhole(response, fault)
  }
}

function headOf(request: IncomingMessage): Pick<LoggedRequest, 'method' | 'url' | 'headers'> {
  return { method: request.method ?? '', url: request.url ?? '', headers: request.headers }
}

/** One list that OpenAI's, Anthropic's and Gemini's clients all find their fields in. */
function modelList(ids: readonly string[]): JsonObject {
  return {
    object: 'list',
    data: ids.map((id) => ({
      id,
      object: 'model',
      type: 'model',
      display_name: id,
      created: 0,
      owned_by: 'fake',
    })),
    models: ids.map((id) => ({ name: `models/${id}` })),
  }
}
