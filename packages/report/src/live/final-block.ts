import { formatDuration, type Paint } from '@gump/errors'
import type { EventBodies, EventOf } from '@gump/ledger'
import { formatUsage } from '../format/cost.js'
import { formatTurns } from '../format/count.js'
import { oneLine } from '../format/escape.js'
import { statusStyle, statusWord } from '../text/words.js'
import type { Turns } from '../turns.js'

/** What the last lines of a run have to know beside its last event. */
export interface RunEnding {
  readonly turns: Turns
  /** `attempt 2/2` of the step that failed. */
  readonly attempt: string | null
  readonly exceeded: EventBodies['budget_exceeded'] | null
}

/** `Run completed: …`, for a run that did not pass the step and the reason, and the commands that help now. */
export function finalBlock(event: EventOf<'run_completed'>, ending: RunEnding, paint: Paint): string[] {
  const status = paint(statusStyle(event.status), statusWord(event.status))
  const failed = event.status === 'failed'
  return [
    '',
    `Run completed: ${status}  duration: ${formatDuration(event.duration_ms)}  cost: ${formatUsage(event.usage)}  turns: ${formatTurns(ending.turns)}`,
    ...(event.step !== undefined && event.status !== 'passed'
      ? [
          `  ${failed ? 'failed' : 'at'}: ${oneLine(event.step)}${ending.attempt === null ? '' : ` (${ending.attempt})`}`,
        ]
      : []),
    ...(event.reason === undefined
      ? []
      : [`  reason: ${paint(failed ? 'red' : 'yellow', oneLine(event.reason))}`]),
    `  ${commands(event, ending).join('    ')}`,
  ]
}

const raise: Readonly<Record<EventOf<'budget_exceeded'>['limit'], string>> = {
  max_budget: 'gump run --resume --max-budget <USD>',
  max_tokens: 'gump run --resume --max-tokens <N>',
  max_timeout: 'gump run --resume --max-timeout <duration>',
}

function commands(event: EventOf<'run_completed'>, ending: RunEnding): string[] {
  const step = event.step === undefined ? '' : ` ${shellWord(event.step)}`
  switch (event.status) {
    case 'passed':
      return ['gump report', 'gump apply']
    case 'paused':
      return ['gump run --resume --approve', 'gump run --resume --reject "why"', 'gump report']
    case 'cancelled':
      return ['gump run --resume', 'gump report', `gump logs latest${step}`]
    case 'failed':
      return [
        step === '' ? 'gump report' : `gump report --detail${step}`,
        `gump logs latest${step}`,
        ending.exceeded === null ? 'gump run --resume' : raise[ending.exceeded.limit],
      ]
  }
}

/** A step's path as a word that a shell takes literally. */
function shellWord(path: string): string {
  const shown = oneLine(path)
  return /^[\w./@:+-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`
}
