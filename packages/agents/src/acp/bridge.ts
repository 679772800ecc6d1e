import { spawn, type ChildProcess } from 'node:child_process'
import { Readable, Writable } from 'node:stream'
import {
  client,
  methods,
  ndJsonStream,
  PROTOCOL_VERSION,
  RequestError,
  type AnyMessage,
  type ClientContext,
  type Stream,
} from '@agentclientprotocol/sdk'
import type { AgentEvent, AgentOutcome, OutcomeFacts } from '../contract.js'
import { asObject, asSessionId, present, type JsonObject } from '../streams/json-value.js'
import { allowOnce } from './allow-once.js'
import { promptOutcome, requestFailure } from './prompt-outcome.js'
import { chooseModel } from './choose-model.js'
import { createAcpTranslator } from './translate-update.js'

type AgentProcess = ChildProcess & { readonly stdin: Writable; readonly stdout: Readable }

/** One prompt for one agent that speaks the Agent Client Protocol. */
export interface AcpPrompt {
  /** Program and arguments. */
  readonly command: readonly string[]
  readonly cwd: string
  readonly prompt: string
  readonly model: string | null
  /** Session to continue. */
  readonly sessionId: string | null
}

// Agents put whole files and outputs of tools into single messages.
const MAX_MESSAGE_BYTES = 512 * 1024 * 1024
const GRACE_MS = 2000

/**
 * Starts the agent, hands it one prompt and reports what it does. Every tool is allowed: the fence is around the
 * process. Files and terminals are left to the agent itself.
 *
 * @param emit called for every normalised event, in order
 */
export async function runAcpPrompt(
  request: AcpPrompt,
  emit: (event: AgentEvent) => void,
): Promise<AgentOutcome> {
  const [file = '', ...args] = request.command
  const child = spawn(file, args, { cwd: request.cwd, stdio: ['pipe', 'pipe', 'inherit'] })
  // A broken pipe shows up as a closed connection.
  child.stdin.on('error', () => undefined)
  const ended = endOf(child)
  const talked = converse(child, request, emit).catch((): Promise<AgentOutcome> => {
    // The connection broke: the agent's own end tells why, if it comes.
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref()
    return ended
  })
  try {
    return await Promise.race([talked, ended])
  } finally {
    child.kill('SIGKILL')
  }
}

function endOf(child: AgentProcess): Promise<AgentOutcome> {
  return new Promise((resolve) => {
    const failed = (cause: 'configuration' | 'no_result', message: string): void => {
      resolve({ status: 'failed', cause, message })
    }
    child.once('error', (error) =>
      failed('configuration', `the agent could not be started: ${error.message}`),
    )
    // `close` comes after the streams: what was answered before the end has been read by then.
    child.once('close', (code, signal) =>
      failed('no_result', `the agent ended without an answer (${signal ?? `exit code ${code}`})`),
    )
  })
}

async function converse(
  child: AgentProcess,
  request: AcpPrompt,
  emit: (event: AgentEvent) => void,
): Promise<AgentOutcome> {
  const { stdin, stdout } = child
  const translator = createAcpTranslator()
  let listening = false
  let turns = 0
  const report = (event: AgentEvent): void => {
    if (event.type === 'turn_started') turns += 1
    emit(event)
  }
  const app = client({ name: 'gump' }).onRequest(methods.client.session.requestPermission, (context) =>
    allowOnce(context.params.options),
  )

  const facts = (sessionId: string | null): OutcomeFacts => ({
    ...present('sessionId', sessionId),
    turns,
    ...(translator.finalText === '' ? {} : { finalText: translator.finalText }),
    ...(translator.sessionCostUsd === null
      ? {}
      : { costUsd: { value: translator.sessionCostUsd, scope: 'session' as const } }),
  })

  const input = Readable.toWeb(stdout) as ReadableStream<Uint8Array>
  const wire = ndJsonStream(Writable.toWeb(stdin), input, { maxMessageBytes: MAX_MESSAGE_BYTES })
  const stream = withoutUpdates(wire, (update) => {
    if (listening) for (const event of translator.update(update)) report(event)
  })
  return app.connectWith(stream, async (agent) => {
    const opened = await openSession(agent, request)
    if ('outcome' in opened) return opened.outcome
    const { sessionId } = opened
    report({ type: 'session', sessionId, ...present('model', request.model) })
    for (const event of await chooseModel(agent, sessionId, request.model, opened.answer)) report(event)
    listening = true
    try {
      const prompt = [{ type: 'text' as const, text: request.prompt }]
      const answer: unknown = await agent.request(methods.agent.session.prompt, { sessionId, prompt })
      return promptOutcome(answer, facts(sessionId))
    } catch (error) {
      return answeredError(error, facts(sessionId))
    }
  })
}

/** Takes the session updates out of a stream before the SDK sees them: it refuses those of a kind it does not know. */
function withoutUpdates(stream: Stream, take: (update: unknown) => void): Stream {
  const filter = new TransformStream<AnyMessage, AnyMessage>({
    transform: (message, controller) => {
      const { id, method, params } = asObject(message) ?? {}
      if (id === undefined && method === methods.client.session.update) take(asObject(params)?.['update'])
      else controller.enqueue(message)
    },
  })
  return { writable: stream.writable, readable: stream.readable.pipeThrough(filter) }
}

/** The verdict of an error the agent answered with; anything else means that there is no agent any more. */
function answeredError(error: unknown, facts: OutcomeFacts): AgentOutcome {
  if (error instanceof RequestError) return requestFailure(error, facts)
  throw error
}

type Opened = { readonly sessionId: string; readonly answer: JsonObject } | { readonly outcome: AgentOutcome }

async function openSession(agent: ClientContext, request: AcpPrompt): Promise<Opened> {
  const { cwd, sessionId } = request
  let capabilities: JsonObject
  try {
    const hello: unknown = await agent.request(methods.agent.initialize, {
      protocolVersion: PROTOCOL_VERSION,
      clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
      clientInfo: { name: 'gump', version: '1' },
    })
    const version = asObject(hello)?.['protocolVersion'] ?? PROTOCOL_VERSION
    if (version !== PROTOCOL_VERSION) return { outcome: otherVersion(version) }
    capabilities = asObject(asObject(hello)?.['agentCapabilities']) ?? {}
    if (sessionId === null) {
      const answer = asObject(await agent.request(methods.agent.session.new, { cwd, mcpServers: [] })) ?? {}
      const id = asSessionId(answer['sessionId'])
      return id === null ? refused('the agent gave no usable session id', false) : { sessionId: id, answer }
    }
  } catch (error) {
    return { outcome: answeredError(error, { turns: 0 }) }
  }
  return continueSession(agent, { cwd, sessionId, mcpServers: [] }, capabilities)
}

async function continueSession(
  agent: ClientContext,
  session: { readonly cwd: string; readonly sessionId: string; readonly mcpServers: [] },
  capabilities: JsonObject,
): Promise<Opened> {
  const resumes = asObject(asObject(capabilities['sessionCapabilities'])?.['resume']) !== null
  if (!resumes && capabilities['loadSession'] !== true)
    return refused('the agent cannot continue sessions', true)
  const method = resumes ? methods.agent.session.resume : methods.agent.session.load
  try {
    const answer = asObject(await agent.request(method, session)) ?? {}
    return { sessionId: session.sessionId, answer }
  } catch (error) {
    const failed = answeredError(error, { turns: 0 })
    if (failed.status !== 'failed') return refused('the session was refused', true)
    return isOfProvider(failed) ? { outcome: failed } : refused(failed.message, true)
  }
}

/** The session may still be good: the provider refuses everybody now, whatever the session. */
function isOfProvider({ cause, kind }: Extract<AgentOutcome, { status: 'failed' }>): boolean {
  return cause === 'auth' || cause === 'quota' || kind === 'network'
}

/** An agent answers with the version that it wants to speak; another one has other messages. */
function otherVersion(version: unknown): AgentOutcome {
  const message = `the agent wants to speak version ${JSON.stringify(version)} of the Agent Client Protocol, and Gump speaks version ${PROTOCOL_VERSION}`
  return { status: 'failed', cause: 'configuration', message, turns: 0 }
}

function refused(message: string, sessionRefused: boolean): Opened {
  const outcome: AgentOutcome = { status: 'failed', cause: 'error', message, turns: 0 }
  return { outcome: sessionRefused ? { ...outcome, sessionRefused } : outcome }
}
