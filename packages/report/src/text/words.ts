import { plural, type Style } from '@gump/errors'
import { oneLine } from '../format/escape.js'
import type { AttemptStatus, GateReport, RunReport, StepReport, StepStatus } from '../report.js'

const runWords: Readonly<Partial<Record<RunReport['status'], string>>> = { passed: 'pass', failed: 'fail' }

/** `pass`, `fail`, or the status as it is. */
export function statusWord(status: RunReport['status']): string {
  return runWords[status] ?? status
}

/** The colour that says the same. */
export function statusStyle(status: RunReport['status'] | StepStatus | AttemptStatus): Style {
  if (status === 'passed' || status === 'pass') return 'green'
  if (status === 'failed' || status === 'fatal' || status === 'fail') return 'red'
  return status === 'running' ? 'cyan' : 'yellow'
}

/** `compile+test ✓`, `compile ✓  test ✗`, `lint skipped`; `—` when there are none. Names that passed side by side are joined. */
export function gatesText(gates: readonly GateReport[], joint = ' '): string {
  if (gates.length === 0) return '—'
  const parts: { names: string[]; mark: string }[] = []
  for (const gate of gates) {
    const mark = marks[gate.status]
    const last = parts.at(-1)
    if (last?.mark === mark) last.names.push(oneLine(gate.gate))
    else parts.push({ names: [oneLine(gate.gate)], mark })
  }
  return parts.map(({ names, mark }) => `${names.join('+')} ${mark}`).join(joint)
}

const marks: Readonly<Record<GateReport['status'], string>> = {
  pass: '✓',
  fail: '✗',
  skipped: 'skipped',
  running: '…',
}

/** `(escalated, 2 retries)`, or nothing. */
export function notesText(step: StepReport): string {
  const status = step.status === 'pass' ? [] : [step.status === 'fatal' ? 'failed' : step.status]
  const notes = [...status, ...stepNotes(step)]
  return notes.length === 0 ? '' : `(${notes.join(', ')})`
}

/** What did not go straight, or was not done by this run: `escalated`, `2 retries`, `replayed`. */
export function stepNotes(step: StepReport): string[] {
  return [
    step.replayed ? 'replayed' : '',
    step.unchanged ? 'no changes' : '',
    step.escalations > 0 ? 'escalated' : '',
    step.retries > 0 ? plural(step.retries, 'retry', 'retries') : '',
    step.guardTrips > 0 ? plural(step.guardTrips, 'guard trip') : '',
    step.conflicts > 0 ? plural(step.conflicts, 'conflict') : '',
  ].filter((note) => note !== '')
}

/** `attempt 2`, `round 2, attempt 1`. */
export function attemptName(round: number, attempt: number): string {
  return round === 1 ? `attempt ${attempt}` : `round ${round}, attempt ${attempt}`
}
