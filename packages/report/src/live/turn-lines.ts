import { formatDuration } from '@gump/errors'
import type { EventOf, ToolKind, TurnAction } from '@gump/ledger'
import { formatTokens } from '../format/count.js'
import { oneLine } from '../format/escape.js'

const shown = 10
const words: Readonly<Partial<Record<ToolKind, string>>> = { shell: 'bash' }

/** `T2  coding  2 write, 1 bash  4.8k tok  34s` and what was done in it, the first ten actions. */
export function turnLines(turn: EventOf<'turn_completed'>): string[] {
  // What the turn added; the cached part of the conversation is read again on every turn.
  const { input, output, cache_write } = turn.usage.tokens
  const tokens = input + output + cache_write
  const head = [
    `T${turn.n}`,
    turn.label,
    countActions(turn.actions),
    tokens > 0 ? `${formatTokens(tokens)} tok` : '',
    formatDuration(turn.duration_ms),
  ].filter((part) => part !== '')
  const more = turn.actions.length - shown
  return [
    head.join('  '),
    ...turn.actions.slice(0, shown).map((action) => `    ${actionText(action)}`),
    ...(more > 0 ? [`    +${more} more`] : []),
  ]
}

/** `write src/a.ts`, with a mark when it failed. */
export function actionText(action: TurnAction): string {
  const what = action.kind === 'other' ? oneLine(action.tool) : (words[action.kind] ?? action.kind)
  const target = action.target === undefined ? '' : ` ${oneLine(action.target)}`
  return `${what}${target}${action.ok === false ? ' ✗' : ''}`
}

function countActions(actions: readonly TurnAction[]): string {
  const counts = new Map<string, number>()
  for (const action of actions) {
    const word = words[action.kind] ?? action.kind
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([word, count]) => `${count} ${word}`)
    .join(', ')
}
