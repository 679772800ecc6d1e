import type {
  AgentStep,
  GateSpec,
  GateStep,
  GroupStep,
  RetryEntry,
  RetryPolicy,
  Step,
  Workflow,
} from '@gump/schema'
import type { Plan } from '../src/plan.js'

const at = { line: 1, column: 1, offset: 0 }
export const range = { start: at, end: at }

export function text(value: string): { text: string; range: typeof range } {
  return { text: value, range }
}

export function agentStep(name: string, over: Partial<AgentStep> = {}): AgentStep {
  const type = over.type ?? 'code'
  return {
    kind: 'agent',
    name,
    range,
    type,
    agent: text('scripted'),
    context: [],
    worktree: type === 'code' ? 'read-write' : 'read-only',
    session: { mode: 'new' },
    guards: [],
    gates: [],
    ...over,
  }
}

export function gate(name: string, over: Partial<GateSpec> = {}): GateSpec {
  return { name, gate: name, range, ...over }
}

export function gateStep(name: string, gates: readonly string[], retry?: RetryPolicy): GateStep {
  return {
    kind: 'gate',
    name,
    range,
    gates: gates.map((g) => gate(g)),
    ...(retry === undefined ? {} : { retry }),
  }
}

export function group(name: string, steps: readonly Step[], over: Partial<GroupStep> = {}): GroupStep {
  return { kind: 'group', name, range, steps, gates: [], ...over }
}

export function retry(
  exit: number,
  entries: readonly Omit<RetryEntry, 'range'>[] = [],
  over: Partial<RetryPolicy> = {},
): RetryPolicy {
  return {
    exit,
    entries: entries.map((entry) => ({ ...entry, range })),
    defaults: { worktree: 'keep', session: 'keep' },
    range,
    ...over,
  }
}

export function workflow(steps: readonly Step[], name = 'main'): Workflow {
  return { name, dialect: 'v4', file: `${name}.yaml`, limits: {}, steps }
}

export function plan(steps: readonly Step[], others: Readonly<Record<string, Workflow>> = {}): Plan {
  return { root: 'main', workflows: { main: workflow(steps), ...others } }
}
