import { plural } from '@gump/errors'
import type { EventOf, LedgerEvent } from '@gump/ledger'
import { formatLines } from '../format/count.js'

/** What the last attempt of a step produced, in a few words: `2 tasks`, `3 files +12 −4`, `no changes`, `verdict true`. */
export interface StepNotes {
  push(event: LedgerEvent): void
  of(step: string): string
}

interface Facts {
  type: EventOf<'step_started'>['step_type'] | null
  output: EventOf<'output_collected'> | null
  snapshot: EventOf<'snapshot_created'> | null
}

export function createStepNotes(): StepNotes {
  const steps = new Map<string, Facts>()
  return {
    push(event) {
      if (event.type === 'step_started') {
        steps.set(event.step, { type: event.step_type ?? null, output: null, snapshot: null })
      }
      const facts = 'step' in event && event.step !== undefined ? steps.get(event.step) : undefined
      if (facts === undefined) return
      if (event.type === 'output_collected') facts.output = event
      if (event.type === 'snapshot_created') facts.snapshot = event
    },
    of(step) {
      const facts = steps.get(step)
      if (facts === undefined || facts.type === null) return ''
      const { output, snapshot } = facts
      switch (facts.type) {
        case 'split':
          return output?.tasks === undefined ? '' : plural(output.tasks.length, 'task')
        case 'validate':
          return output?.verdict === undefined ? '' : `verdict ${output.verdict}`
        case 'artifact':
          return output?.output === undefined ? '' : 'artifact'
        default: {
          if (snapshot === null) return output === null ? '' : 'no changes'
          const lines = formatLines(snapshot.insertions, snapshot.deletions)
          return `${plural(snapshot.files.length, 'file')}${lines === '' ? '' : ` ${lines}`}`
        }
      }
    },
  }
}
