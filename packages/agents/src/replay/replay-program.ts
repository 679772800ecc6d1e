import type { AgentEvent, AttemptPosition, EmbeddedAction, EmbeddedProgram } from '../contract.js'
import { present } from '../streams/json-value.js'
import { encodeEvent, encodeOutcome } from '../streams/normalized-stream.js'
import type { Recording, ReplayedAttempt, ReplayedFile } from './recording.js'

/** The recorded launch that an attempt replays: the same one, or else the last one recorded for the attempt. */
export function findAttempt(recording: Recording, position: AttemptPosition): ReplayedAttempt | null {
  const { path, round, attempt, launch } = position
  const same = recording.attempts.filter(
    (recorded) => recorded.path === path && recorded.round === round && recorded.attempt === attempt,
  )
  return same.find((recorded) => recorded.launch === launch) ?? same.at(-1) ?? null
}

/**
 * A program that says and writes what the recorded launch said and wrote. A file is written when the tool that wrote it
 * starts; files that no tool told of come at the end.
 *
 * @param speed 1: as recorded, 10: ten times faster, Infinity: without any wait
 */
export function replayProgram(recorded: ReplayedAttempt, speed: number): EmbeddedProgram {
  const steps: EmbeddedAction[] = []
  const open = new Set(recorded.files)
  for (const { event, afterMs = 0 } of recorded.events) {
    const ms = Math.round(afterMs / speed)
    if (ms > 0) steps.push({ do: 'sleep', ms })
    steps.push({ do: 'emit', line: encodeEvent(event) })
    for (const file of open) {
      if (!isWrittenBy(file, event)) continue
      open.delete(file)
      steps.push(fileAction(file))
    }
  }
  steps.push(...[...open].map(fileAction))
  steps.push({ do: 'emit', line: encodeOutcome(recorded.outcome) })
  if (recorded.outcome.status === 'failed') steps.push({ do: 'exit', code: 1 })
  return { steps }
}

function isWrittenBy(file: ReplayedFile, event: AgentEvent): boolean {
  if (event.type !== 'tool_started' || (event.kind !== 'write' && event.kind !== 'edit')) return false
  // CLIs tell absolute paths of the worktree they ran in, which is another one now.
  return event.path === file.path || event.path?.endsWith(`/${file.path}`) === true
}

function fileAction(file: ReplayedFile): EmbeddedAction {
  const { path } = file
  if ('deleted' in file) return { do: 'delete', path }
  const { content } = file
  return { do: 'write', path, content, ...present('encoding', file.encoding), ...present('mode', file.mode) }
}
