import type { AgentAdapter, AgentEvent } from '../contract.js'
import { anyBelow } from '../streams/usage-sum.js'
import { toMicroUsd } from '../usage/micro-usd.js'
import { createUsageMeter } from '../usage/usage-meter.js'
import { expectEqual, expectThat } from './expect.js'
import type { AgentFixture } from './fixture.js'
import { linesOf, play, type Played } from './play.js'
import { expectConsistent, expectWellFormed } from './well-formed.js'

/** Throws unless the adapter reads the recording as its expectation says. */
export function checkRecorded(adapter: AgentAdapter, fixture: AgentFixture): void {
  const { expected } = fixture
  const played = play(adapter, linesOf(fixture.stdout), expected.exit)
  const { outcome, events } = played
  expectWellFormed(played)
  expectConsistent(played)
  expectEqual(outcome.status === 'success' ? 'success' : outcome.cause, expected.outcome, 'outcome')
  expectEqual(outcome.sessionId, expected.session, 'session')
  expectEqual(outcome.turns ?? 0, expected.turns, 'turns')
  expectEqual(outcome.finalText, expected.finalText, 'final text')
  expectEqual(writesSeen(events), expected.writes, 'writes seen')
  if (outcome.status === 'failed') {
    expectEqual(outcome.sessionRefused ?? false, expected.sessionRefused, 'session refused')
    expectEqual(outcome.retryAt, expected.retryAt, 'time of the next try')
  }
  checkUsage(played, fixture)
}

function checkUsage({ events, outcome }: Played, { expected }: AgentFixture): void {
  const meter = createUsageMeter({ price: null })
  for (const event of events) meter.observe(event)
  const live = meter.total()
  meter.settle(outcome)
  const final = meter.total()
  expectEqual(final.tokens, expected.tokens, 'tokens')
  expectThat(!anyBelow(final.tokens, live.tokens), 'more tokens were reported while it ran than at the end')
  if (outcome.usage !== undefined)
    expectEqual(outcome.usage.scope, expected.tokensScope, 'scope of the tokens')
  expectEqual(
    final.costSource === 'native' ? toMicroUsd(final.costUsd) : undefined,
    expected.costUsd === undefined ? undefined : toMicroUsd(expected.costUsd),
    'native cost in micro-dollars',
  )
  if (outcome.costUsd !== undefined)
    expectEqual(outcome.costUsd.scope, expected.costScope, 'scope of the cost')
}

function writesSeen(events: readonly AgentEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'tool_started' && (event.kind === 'write' || event.kind === 'edit')
      ? [event.path ?? '(unknown)']
      : [],
  )
}
