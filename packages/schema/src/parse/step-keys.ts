import type { Dialect } from '../ir.js'

/** The four kinds of steps. */
export type StepKind = 'agent' | 'gate' | 'group' | 'workflow'

interface StepKey {
  readonly kinds: readonly StepKind[]
  /** Absent: both. */
  readonly dialect?: Dialect
}

const agent: StepKey = { kinds: ['agent'] }

/** Every key of a step, the kinds that have it and the dialect it belongs to. */
const table: Readonly<Record<string, StepKey>> = {
  name: { kinds: ['agent', 'gate', 'group', 'workflow'] },
  type: { kinds: ['agent'], dialect: 'v4' },
  output: { kinds: ['agent'], dialect: 'v3' },
  get: { kinds: ['agent'], dialect: 'v4' },
  run: { kinds: ['agent'], dialect: 'v4' },
  prompt: agent,
  context: agent,
  worktree: agent,
  session: agent,
  agent,
  guard: agent,
  timeout: agent,
  max_budget: { kinds: ['agent'], dialect: 'v3' },
  hitl: { kinds: ['agent', 'gate'] },
  expect: { kinds: ['agent'], dialect: 'v4' },
  gate: { kinds: ['agent', 'gate', 'group', 'workflow'] },
  retry: { kinds: ['agent', 'gate', 'group', 'workflow'], dialect: 'v4' },
  on_failure: { kinds: ['agent', 'gate', 'group', 'workflow'], dialect: 'v3' },
  each: { kinds: ['agent'], dialect: 'v4' },
  steps: { kinds: ['group'] },
  workflow: { kinds: ['workflow'] },
  with: { kinds: ['workflow'] },
  foreach: { kinds: ['group', 'workflow'], dialect: 'v3' },
  parallel: { kinds: ['agent', 'group', 'workflow'] },
  fail_fast: { kinds: ['agent', 'group', 'workflow'] },
  on_conflict: { kinds: ['agent', 'group', 'workflow'] },
  blast_radius: agent,
}

/** Keys that the blocks `get:` and `run:` may hold beside their flat spelling. */
export const getKeys: readonly string[] = ['prompt', 'context', 'worktree', 'session', 'workflow', 'with']
export const runKeys: readonly string[] = ['agent', 'guard', 'hitl', 'timeout']

/** The keys of a step in one dialect, all kinds together. */
export function stepKeys(dialect: Dialect): readonly string[] {
  return Object.keys(table).filter((key) => (table[key]?.dialect ?? dialect) === dialect)
}

/** The keys of one kind of step. */
export function keysOfKind(dialect: Dialect, kind: StepKind): readonly string[] {
  return stepKeys(dialect).filter((key) => table[key]?.kinds.includes(kind))
}

/** The kinds that have a key. */
export function kindsOfKey(key: string): readonly StepKind[] {
  return (Object.hasOwn(table, key) ? table[key]?.kinds : undefined) ?? []
}

/** The dialect that a key marks a file as, or null when both have it. */
export function dialectOfKey(key: string): Dialect | null {
  return (Object.hasOwn(table, key) ? table[key]?.dialect : undefined) ?? null
}

/** The kind of a step in messages. */
export const kindTitles: Readonly<Record<StepKind, string>> = {
  agent: 'an agent step',
  gate: 'a gate step',
  group: 'a group',
  workflow: 'a workflow step',
}
