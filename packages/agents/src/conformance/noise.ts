import type { AgentAdapter, AgentEvent } from '../contract.js'
import { asObject } from '../streams/json-value.js'
import { expectEqual } from './expect.js'
import type { AgentFixture } from './fixture.js'
import { linesOf, play, type Played } from './play.js'

const UNKNOWN_LINES: readonly string[] = [
  '{"type":"event_of_the_future","payload":{"deep":[1,2,{"x":null}]}}',
  '{"no_type":true}',
  'plain words that are no JSON',
  '[1,2,3]',
  'null',
  '{"__proto__":{"type":"result"},"constructor":1}',
]

/** Throws unless unknown events and plain text between the lines change nothing. */
export function checkUnknownEvents(adapter: AgentAdapter, fixture: AgentFixture): void {
  const lines = linesOf(fixture.stdout)
  const noisy = [
    ...UNKNOWN_LINES,
    ...lines.flatMap((line, i) => [line, UNKNOWN_LINES[i % UNKNOWN_LINES.length] ?? '']),
  ]
  expectSame(adapter, fixture, lines.length === 0 ? [] : noisy, 'with unknown events')
}

/** Throws unless blank lines and carriage returns change nothing. */
export function checkBlankLines(adapter: AgentAdapter, fixture: AgentFixture): void {
  const lines = linesOf(fixture.stdout)
  expectSame(
    adapter,
    fixture,
    ['', ...lines.flatMap((line) => [`${line}\r`, '', '   ', '\t'])],
    'with blank lines',
  )
}

/** Throws unless the order of members in an object means nothing. */
export function checkReorderedFields(adapter: AgentAdapter, fixture: AgentFixture): void {
  const lines = linesOf(fixture.stdout).map((line) => {
    try {
      return JSON.stringify(reversed(JSON.parse(line)))
    } catch {
      return line
    }
  })
  expectSame(adapter, fixture, lines, 'with reordered fields')
}

/** Throws unless a line of the given size, and one that is no UTF-8, change nothing. */
export function checkHugeAndBrokenLines(adapter: AgentAdapter, fixture: AgentFixture, bytes: number): void {
  const lines = linesOf(fixture.stdout)
  const huge = `{"type":"event_of_the_future","padding":"${'x'.repeat(bytes)}"}`
  const broken = linesOf(Uint8Array.from([0xff, 0xfe, 0x80, 0x22, 0xc3, 0x28, 0xed, 0xa0, 0x80]))
  expectSame(
    adapter,
    fixture,
    [...broken, huge, ...lines.flatMap((line) => [line, ...broken])],
    'with a huge line',
  )
}

function expectSame(
  adapter: AgentAdapter,
  fixture: AgentFixture,
  lines: readonly string[],
  what: string,
): void {
  const { exit } = fixture.expected
  const plain = meaningful(play(adapter, linesOf(fixture.stdout), exit))
  const noisy = meaningful(play(adapter, lines, exit))
  expectEqual(noisy.outcome, plain.outcome, `outcome ${what}`)
  expectEqual(noisy.events, plain.events, `events ${what}`)
}

function meaningful({ events, outcome }: Played): { events: readonly AgentEvent[]; outcome: unknown } {
  return { events: events.filter((event) => event.type !== 'raw'), outcome }
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  const object = asObject(value)
  if (object === null) return value
  return Object.fromEntries(
    Object.entries(object)
      .map(([key, member]) => [key, reversed(member)])
      .toReversed(),
  )
}
