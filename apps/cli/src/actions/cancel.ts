import { openEngine } from '../compose/open-engine.js'
import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'

export async function cancel(context: CliContext, run: string): Promise<number> {
  const engine = await openEngine(context)
  try {
    const { id, alias, status } = await engine.find(run)
    if (status !== 'running' && status !== 'parked') {
      context.stdout.write(`${alias} is not running; it is ${status}.\n`)
      return exitCodes.passed
    }
    await engine.cancel(id)
    context.stdout.write(`${alias} is stopped; gump run --resume --run ${alias} goes on with it.\n`)
    return exitCodes.passed
  } finally {
    await engine.close()
  }
}
