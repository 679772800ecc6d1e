import type { AgentAdapter, LaunchRequest, EmbeddedProgram } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { EMPTY_RECORDING, type Recording } from '../replay/recording.js'
import { findAttempt, replayProgram } from '../replay/replay-program.js'
import { failureProgram } from '../scripted/compile.js'
import { describePosition } from '../scripted/match.js'
import { createNormalizedParser } from '../streams/normalized-stream.js'

/** Options of {@link replay}. */
export interface ReplayOptions {
  /** 1: as fast as recorded; the default, Infinity, does not wait at all. */
  readonly speed?: number
}

/**
 * An embedded agent that does again what agents did in a recorded run: the same events, the same edits, the same end.
 * Gates and retries around it are real.
 *
 * @example
 * ```ts
 * const attempt = replayedAttempt({ adapter: claude(), path: 'impl', round: 1, attempt: 1, launch: 1, lines, exit, files })
 * const agent = replay({ run: 'run_2026_11_21_0838', attempts: [attempt] })
 * ```
 */
export function replay(recording: Recording = EMPTY_RECORDING, options: ReplayOptions = {}): AgentAdapter {
  const { speed = Number.POSITIVE_INFINITY } = options
  return defineAgent<AgentAdapter>({
    name: 'replay',
    displayName: 'Replay of a run',
    models: { aliases: {}, default: null },
    capabilities: {
      resume: true,
      maxTurns: false,
      nativeCost: true,
      usage: 'live',
      structuredOutput: true,
      stdinPrompt: true,
    },
    detection: null,
    launch: (request) => ({ kind: 'embedded', program: programFor(recording, speed, request) }),
    createParser: createNormalizedParser,
  })
}

function programFor(recording: Recording, speed: number, { position }: LaunchRequest): EmbeddedProgram {
  const recorded = findAttempt(recording, position)
  if (recorded !== null) return replayProgram(recorded, speed)
  const message = `the recording of ${recording.run} holds nothing for ${describePosition(position)}`
  return failureProgram({ status: 'failed', cause: 'configuration', message })
}
