import type { AgentEvent } from '@gump/agents'
import type { GuardObservation } from '../contract.js'

const paths = [
  '',
  '/',
  '..',
  '../../..',
  '/work',
  '/work/../etc/passwd',
  'file:///work/a',
  '~',
  '\u0000',
  '\\..\\a',
  'a'.repeat(10_000),
]

/** Events that no agent should send, and that guards must survive. */
export const absurdEvents: readonly AgentEvent[] = [
  ...paths.flatMap((path): readonly AgentEvent[] => [
    { type: 'tool_started', id: '', tool: '', kind: 'write', path },
    { type: 'tool_started', id: path, tool: path, kind: 'edit', path, command: path },
  ]),
  { type: 'tool_started', id: 'x', tool: 'x', kind: 'write' },
  { type: 'tool_started', id: 'x', tool: 'x', kind: 'shell', command: '' },
  { type: 'tool_finished', id: 'never started', ok: false },
  { type: 'turn_started' },
  { type: 'session', sessionId: '' },
  { type: 'text', text: '' },
  { type: 'reasoning', text: '\ud800' },
  {
    type: 'usage',
    mode: 'cumulative',
    tokens: { input: -1, output: Number.NaN, cacheRead: Number.POSITIVE_INFINITY, cacheWrite: 0 },
    costUsd: Number.NaN,
  },
  { type: 'retry_wait', status: null, untilMs: null },
  { type: 'warning', message: '' },
  { type: 'raw', name: '' },
]

/** Totals at and beyond what can be observed. */
export const absurdObservations: readonly GuardObservation[] = [
  { elapsedMs: 0, turns: 0, tokens: 0, costUsd: null, idleMs: 0, toolMs: 0 },
  { elapsedMs: -1, turns: -1, tokens: -1, costUsd: -1, idleMs: -1, toolMs: -1 },
  {
    elapsedMs: Number.NaN,
    turns: Number.NaN,
    tokens: Number.NaN,
    costUsd: Number.NaN,
    idleMs: Number.NaN,
    toolMs: Number.NaN,
  },
  {
    elapsedMs: Infinity,
    turns: Infinity,
    tokens: Infinity,
    costUsd: Infinity,
    idleMs: Infinity,
    toolMs: Infinity,
  },
]
