import { isGumpError, plural } from '@gump/errors'

import { openEngine } from '../compose/open-engine.js'
import type { CliContext } from '../context.js'
import { json } from '../display/json.js'
import { exitCodes } from '../exit-codes.js'

export async function cancel(
  context: CliContext,
  run: string,
  options: { readonly json: boolean },
): Promise<number> {
  const engine = await openEngine(context)
  try {
    const { id, alias, status } = await engine.find(run)
    const ended = await engine.cancel(id).then(() => null, leftoversEnded)
    if (options.json) {
      const { status: now } = await engine.find(id)
      context.stdout.write(
        json({ run: id, alias, cancelled: ended === null, status: now, ended: ended ?? 0 }),
      )
      return exitCodes.passed
    }
    const left =
      ended === null || ended === 0
        ? ''
        : ` ${plural(ended, 'left-over process', 'left-over processes')} ended.`
    context.stdout.write(
      ended === null
        ? `${alias} is stopped; gump run --resume --run ${alias} continues it.\n`
        : `${alias} is not running; it is ${status}.${left}\n`,
    )
    return exitCodes.passed
  } finally {
    await engine.close()
  }
}

/** Nobody runs it: how many processes its dead owner had left, which are gone now. */
function leftoversEnded(error: unknown): number {
  if (!isGumpError(error) || error.code !== 'GUMP-R005') throw error
  return Number(error.data['ended'] ?? 0)
}
