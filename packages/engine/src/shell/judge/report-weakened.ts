import { describeWeakening, type JudgedChange, weakenings } from '@gump/gates'
import type { RunContext } from '../run-context.js'

/** Warnings that are written out, one event each. */
const SHOWN = 8

/** Wherever tests judge a change, people hear of what the change did to the tests and to what judges them. */
export async function reportWeakened(
  context: Pick<RunContext, 'journal' | 'masker'>,
  step: string,
  change: JudgedChange,
  told: (path: string) => boolean,
): Promise<void> {
  const tests = weakenings(await change.texts(), await change.otherTests()).map(describeWeakening)
  const judge = (await change.judge())
    .filter(({ path }) => !told(path))
    .map(({ path, detail }) => `${path}: ${detail}`)
  const all = [...tests, ...judge]
  const more = all.length > SHOWN ? [`… and ${String(all.length - SHOWN)} more of the kind`] : []
  context.journal.append(
    [...all.slice(0, SHOWN), ...more].map((message) => ({
      type: 'warning' as const,
      step,
      message: context.masker.mask(message),
    })),
  )
}
