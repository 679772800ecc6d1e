import { renderRunsTable } from '@gump/report'

import { openReader } from '../compose/open-reader.js'
import { type CliContext, tableWidth } from '../context.js'
import { noRunYet, runsJson } from '../display/run-json.js'
import { exitCodes } from '../exit-codes.js'

export async function runs(
  context: CliContext,
  options: { readonly last: number | undefined; readonly json: boolean },
): Promise<number> {
  const reader = await openReader(context)
  try {
    const found = (await reader.runs()).slice(0, options.last)
    if (options.json) {
      context.stdout.write(runsJson(found))
      return exitCodes.passed
    }
    const lost = (await reader.lostRuns()).length
    if (found.length > 0)
      context.stdout.write(renderRunsTable(found, { color: context.color, ...tableWidth(context) }))
    else if (lost === 0) context.stdout.write(noRunYet)
    if (lost > 0) {
      const what = lost === 1 ? '1 run has lost its folder' : `${lost} runs have lost their folders`
      context.stdout.write(`${what}; gump status shows what is left in git.\n`)
    }
    return exitCodes.passed
  } finally {
    await reader.close()
  }
}
