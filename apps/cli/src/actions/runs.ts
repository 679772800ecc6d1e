import { renderRunsTable } from '@gump/report'

import { openEngine } from '../compose/open-engine.js'
import type { CliContext } from '../context.js'
import { runsJson } from '../display/run-json.js'
import { exitCodes } from '../exit-codes.js'

export async function runs(
  context: CliContext,
  options: { readonly last: number | undefined; readonly json: boolean },
): Promise<number> {
  const engine = await openEngine(context)
  try {
    const found = (await engine.runs()).slice(0, options.last)
    if (options.json) context.stdout.write(runsJson(found))
    else if (found.length === 0)
      context.stdout.write('No run yet: gump run WORKFLOW --spec FILE starts one.\n')
    else context.stdout.write(renderRunsTable(found, { color: context.color }))
    return exitCodes.passed
  } finally {
    await engine.close()
  }
}
