import type { AgentAdapter } from '../contract.js'
import { expectEqual } from './expect.js'
import type { AgentFixture } from './fixture.js'
import { linesOf } from './play.js'

/**
 * Throws unless a recorded success that has said its last word says so, and counts when its program, which then hangs,
 * is ended. An adapter whose stream has no last word is judged by the exit alone.
 */
export function checkLastWord(adapter: AgentAdapter, fixture: AgentFixture): void {
  const { expected } = fixture
  const parser = adapter.createParser()
  if (parser.standing === undefined || expected.outcome !== 'success') return
  for (const line of linesOf(fixture.stdout)) parser.push(line)
  expectEqual(parser.standing().lastWord, 'final', 'the last word of a success')
  const ended = parser.end({ code: null, signal: 'SIGKILL', stderrTail: '', killedBy: 'ended' })
  expectEqual(ended.status, 'success', 'outcome of a success whose program was ended after it')
}
