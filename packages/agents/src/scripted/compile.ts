import type { AgentEvent, AgentOutcome, EmbeddedAction, EmbeddedProgram, ToolKind } from '../contract.js'
import { present } from '../streams/json-value.js'
import { encodeEvent, encodeOutcome } from '../streams/normalized-stream.js'
import type { OutputKind, ScriptAction, ScriptEntry, ScriptOutcome } from './script.js'

const OUTPUT_FILES: Readonly<Record<OutputKind, string>> = {
  plan: '.gump/out/plan.json',
  validate: '.gump/out/validate.json',
  artifact: '.gump/out/artifact.md',
}

/** What a compiled entry says about itself at its start. */
export interface ProgramHead {
  readonly sessionId: string
  readonly model: string | null
}

/**
 * Turns a script's entry into a program: file actions plus the lines of the normalised stream that report them, each
 * before it happens. The same entry and head give the same program, byte for byte.
 */
export function compileEntry(entry: ScriptEntry, head: ProgramHead): EmbeddedProgram {
  const writer = createProgramWriter()
  const first = entry.actions[0]
  if (first?.action !== 'session') writer.session(head.sessionId, head.model)
  for (const action of entry.actions) {
    if (action.action === 'exit') {
      writer.steps.push({ do: 'exit', code: action.code })
      return { steps: writer.steps }
    }
    writeAction(writer, action, head)
  }
  writeOutcome(writer, entry.outcome)
  return { steps: writer.steps }
}

/** A program that only reports a failure. */
export function failureProgram(outcome: Extract<AgentOutcome, { status: 'failed' }>): EmbeddedProgram {
  return {
    steps: [
      { do: 'emit', line: encodeOutcome(outcome) },
      { do: 'exit', code: 1 },
    ],
  }
}

interface ProgramWriter {
  readonly steps: EmbeddedAction[]
  session(sessionId: string, model: string | null): void
  emit(event: AgentEvent): void
  turn(): void
  /** Starts the first turn when the script did not. */
  ensureTurn(): void
  tool(tool: string, kind: ToolKind, path: string, act: EmbeddedAction): void
  nextToolId(): string
}

function createProgramWriter(): ProgramWriter {
  const steps: EmbeddedAction[] = []
  let turns = 0
  let tools = 0

  const emit = (event: AgentEvent): void => {
    steps.push({ do: 'emit', line: encodeEvent(event) })
  }
  const turn = (): void => {
    turns += 1
    emit({ type: 'turn_started' })
  }
  const ensureTurn = (): void => {
    if (turns === 0) turn()
  }
  const nextToolId = (): string => {
    tools += 1
    return `tool-${tools}`
  }

  return {
    steps,
    emit,
    turn,
    ensureTurn,
    nextToolId,
    session: (sessionId, model) => emit({ type: 'session', sessionId, ...present('model', model) }),
    tool: (tool, kind, path, act) => {
      ensureTurn()
      const id = nextToolId()
      emit({ type: 'tool_started', id, tool, kind, path })
      steps.push(act)
      emit({ type: 'tool_finished', id, ok: true })
    },
  }
}

function writeAction(writer: ProgramWriter, action: ScriptAction, head: ProgramHead): void {
  switch (action.action) {
    case 'write': {
      const { path, content } = action
      writer.tool('write', 'write', path, { do: 'write', path, content, ...present('mode', action.mode) })
      return
    }
    case 'edit': {
      const { path, find, replace } = action
      writer.tool('edit', 'edit', path, { do: 'edit', path, find, replace })
      return
    }
    case 'delete':
      writer.tool('delete', 'edit', action.path, { do: 'delete', path: action.path })
      return
    case 'out': {
      const path = OUTPUT_FILES[action.output]
      writer.tool('write', 'write', path, { do: 'write', path, content: action.content })
      return
    }
    case 'turn':
      writer.turn()
      return
    case 'text':
      writer.ensureTurn()
      writer.emit({ type: 'text', text: action.text })
      return
    case 'usage':
      writer.ensureTurn()
      writer.emit({ type: 'usage', mode: 'delta', tokens: action.tokens, costUsd: action.costUsd })
      return
    case 'tool':
      writeTool(writer, action)
      return
    case 'event':
      if (action.event.type !== 'turn_started') writer.emit(action.event)
      else writer.turn()
      return
    case 'session':
      writer.session(action.sessionId, head.model)
      return
    case 'sleep':
      writer.steps.push({ do: 'sleep', ms: action.ms })
      return
    case 'stderr':
      writer.steps.push({ do: 'stderr', text: action.text })
      return
    case 'line':
      writer.steps.push({ do: 'emit', line: action.line })
      return
    case 'exit':
      writer.steps.push({ do: 'exit', code: action.code })
  }
}

function writeTool(writer: ProgramWriter, action: Extract<ScriptAction, { action: 'tool' }>): void {
  writer.ensureTurn()
  const id = writer.nextToolId()
  const { tool, kind, ok } = action
  writer.emit({
    type: 'tool_started',
    id,
    tool,
    kind,
    ...present('path', action.path),
    ...present('command', action.command),
  })
  writer.emit({ type: 'tool_finished', id, ok, ...present('output', action.output) })
}

function writeOutcome(writer: ProgramWriter, outcome: ScriptOutcome): void {
  switch (outcome.kind) {
    case 'success':
      writer.steps.push({ do: 'emit', line: encodeOutcome({ status: 'success' }) })
      return
    case 'crash':
      writer.steps.push({ do: 'exit', code: outcome.code })
      return
    case 'failed': {
      const { cause, message, retryAfterMs, sessionRefused } = outcome
      const program = failureProgram({
        status: 'failed',
        cause,
        message,
        ...(retryAfterMs === undefined ? {} : { retryAt: { afterMs: retryAfterMs } }),
        ...present('sessionRefused', sessionRefused),
      })
      writer.steps.push(...program.steps)
    }
  }
}
