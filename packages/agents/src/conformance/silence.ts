import type { AgentAdapter } from '../contract.js'
import { expectEqual } from './expect.js'
import { CLEAN_EXIT, play } from './play.js'

/** Throws unless an agent that said nothing has failed, whatever its exit code. */
export function checkSilence(adapter: AgentAdapter): void {
  for (const lines of [[], ['', '  ', '\r']]) {
    const { outcome } = play(adapter, lines, CLEAN_EXIT)
    expectEqual(
      outcome.status === 'failed' ? outcome.cause : outcome.status,
      'no_result',
      'outcome of silence',
    )
  }
}

/** Throws unless output in an unknown dialect is judged by the exit code, and marked. */
export function checkCompatMode(adapter: AgentAdapter): void {
  const lines = ['Welcome to version 99', '{"event":"of another dialect"}']
  const clean = play(adapter, lines, CLEAN_EXIT).outcome
  expectEqual(
    [clean.status, clean.compat],
    ['success', true],
    'outcome of an unknown dialect with exit code 0',
  )
  const failed = play(adapter, lines, { code: 3, signal: null, stderrTail: 'no' }).outcome
  expectEqual(
    [failed.status, failed.compat],
    ['failed', true],
    'outcome of an unknown dialect with exit code 3',
  )
  const killed = play(adapter, lines, { code: null, signal: 'SIGKILL', stderrTail: '' }).outcome
  expectEqual(killed.status, 'failed', 'outcome of an unknown dialect that was killed')
}
