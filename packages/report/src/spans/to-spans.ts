import type { LedgerEvent } from '@gump/ledger'
import type { AttemptReport, GateReport, LaunchReport, RunReport, StepReport, TurnReport } from '../report.js'
import { summarise } from '../summarise.js'
import { agentAttributes, costUsd, turnAttributes } from './gen-ai.js'
import { attributes, hexId, type SpanRecord } from './span.js'

/**
 * A run as one OpenTelemetry trace: run → step → attempt → turn and gate, tools below their turn. Names follow the GenAI
 * semantic conventions; what they do not know is under `gump.`. Texts of prompts and answers are not in it.
 */
export function toSpans(events: readonly LedgerEvent[]): SpanRecord[] {
  const report = summarise(events)
  const start = events.find((event) => event.type === 'run_started')
  const endMs = report.sessions.at(-1)?.endedAt
  if (report.startedAt === null || endMs === undefined) return []
  const traceId = hexId(32, report.id)
  const root: SpanRecord = {
    traceId,
    spanId: hexId(16, report.id, 'run'),
    parentSpanId: null,
    name: `gump run ${report.workflow}`,
    kind: 'internal',
    startMs: report.startedAt,
    endMs,
    attributes: attributes({
      'gump.run.id': report.id,
      'gump.run.alias': report.alias,
      'gump.run.status': report.status,
      'gump.workflow': report.workflow,
      'gump.version': report.gumpVersion,
      'gump.cost_usd': costUsd(report.cost),
      'gump.cost_unpriced': report.cost.unpriced,
      ...(report.cost.atLeast === true ? { 'gump.cost_at_least': true } : {}),
      'gump.retries': report.retries,
      'gump.guard_trips': report.guardTrips,
    }),
    status: report.status === 'passed' ? 'ok' : report.status === 'failed' ? 'error' : 'unset',
    message: report.reason,
  }
  const adapterOf = (agent: string): string | null => start?.agents[agent]?.adapter ?? null
  return [root, ...report.steps.flatMap((step) => stepSpans(step, { report, root, endMs, adapterOf }))]
}

type AdapterOf = (agent: string) => string | null

/** The trace that spans belong to, and when its run ended. */
interface Trace {
  readonly report: RunReport
  readonly root: SpanRecord
  readonly endMs: number
  readonly adapterOf: AdapterOf
}

function stepSpans(step: StepReport, { report, root, endMs, adapterOf }: Trace): SpanRecord[] {
  const own = step.attempts.filter((attempt) => !attempt.replayed)
  const first = own[0]
  if (first === undefined) return []
  const attempts = own.map((attempt) => ({
    attempt,
    endMs: attempt.endedAt ?? attempt.startedAt + attempt.durationMs,
  }))
  const span: SpanRecord = {
    ...child(root, hexId(16, report.id, 'step', step.path)),
    name: `step ${step.path}`,
    startMs: first.startedAt,
    endMs: Math.min(endMs, Math.max(...attempts.map((entry) => entry.endMs))),
    attributes: attributes({
      'gump.step.path': step.path,
      'gump.step.kind': step.kind,
      'gump.step.type': step.type ?? null,
      'gump.step.status': step.status,
      'gump.cost_usd': costUsd(step.cost),
    }),
    status: step.status === 'pass' ? 'ok' : step.status === 'fatal' ? 'error' : 'unset',
    message: step.reason,
  }
  return [span, ...attempts.flatMap((entry) => attemptSpans(entry, step, span, adapterOf))]
}

function attemptSpans(
  { attempt, endMs }: { readonly attempt: AttemptReport; readonly endMs: number },
  step: StepReport,
  parent: SpanRecord,
  adapterOf: AdapterOf,
): SpanRecord[] {
  const launch = attempt.launches.at(-1)
  const id = hexId(16, parent.traceId, step.path, attempt.round, attempt.attempt)
  const span: SpanRecord = {
    ...child(parent, id),
    name: launch === undefined ? `attempt ${attempt.attempt}` : `invoke_agent ${launch.agent}`,
    startMs: attempt.startedAt,
    endMs,
    attributes: {
      ...(launch === undefined ? {} : agentAttributes(launch, adapterOf(launch.agent), attempt.tokens)),
      ...attributes({
        'gump.round': attempt.round,
        'gump.attempt': attempt.attempt,
        'gump.attempt.status': attempt.status,
        'gump.launches': attempt.launches.length,
        'gump.cost_usd': costUsd(attempt.cost),
        'error.type': attempt.status === 'fail' ? (attempt.retry?.cause ?? 'failed') : null,
      }),
    },
    status: attempt.status === 'pass' ? 'ok' : attempt.status === 'fail' ? 'error' : 'unset',
    message: attempt.reason,
  }
  return [
    span,
    ...attempt.launches.flatMap((one) => one.turns.flatMap((turn) => turnSpans(turn, one, span, adapterOf))),
    ...attempt.gates.map((gate, index) => gateSpan(gate, index, span)),
  ]
}

function turnSpans(
  turn: TurnReport,
  launch: LaunchReport,
  parent: SpanRecord,
  adapterOf: AdapterOf,
): SpanRecord[] {
  const span: SpanRecord = {
    ...child(parent, hexId(16, parent.spanId, launch.launch, turn.n)),
    name: launch.model === null ? 'chat' : `chat ${launch.model}`,
    kind: 'client',
    startMs: turn.startedAt,
    endMs: turn.startedAt + turn.durationMs,
    attributes: turnAttributes(turn, launch, adapterOf(launch.agent)),
    status: 'unset',
    message: null,
  }
  // The ledger knows which tools a turn used, not when: they get the time of their turn.
  const tools = turn.actions.map((action, index): SpanRecord => ({
    ...child(span, hexId(16, span.spanId, 'tool', index)),
    name: `execute_tool ${action.tool}`,
    startMs: span.startMs,
    endMs: span.endMs,
    attributes: attributes({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': action.tool,
      'gump.tool.kind': action.kind,
      'error.type': action.ok === false ? 'tool_error' : null,
    }),
    status: action.ok === false ? 'error' : 'unset',
    message: null,
  }))
  return [span, ...tools]
}

function gateSpan(gate: GateReport, index: number, parent: SpanRecord): SpanRecord {
  return {
    ...child(parent, hexId(16, parent.spanId, 'gate', index)),
    name: `gate ${gate.gate}`,
    startMs: gate.startedAt,
    endMs: gate.startedAt + gate.durationMs,
    attributes: attributes({
      'gump.gate.name': gate.gate,
      'gump.gate.status': gate.status,
      'error.type': gate.status === 'fail' ? 'gate_failed' : null,
    }),
    status: gate.status === 'pass' ? 'ok' : gate.status === 'fail' ? 'error' : 'unset',
    message: null,
  }
}

function child(
  parent: SpanRecord,
  spanId: string,
): Pick<SpanRecord, 'traceId' | 'spanId' | 'parentSpanId' | 'kind'> {
  return { traceId: parent.traceId, spanId, parentSpanId: parent.spanId, kind: 'internal' }
}
