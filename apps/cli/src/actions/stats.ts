import { renderJson, renderStatsText, stats } from '@gump/report'

import { openReader } from '../compose/open-reader.js'
import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'
import { parseAge } from '../run/age.js'
import { reportsOf, tellLeftOut } from './report.js'

export async function showStats(
  context: CliContext,
  options: {
    readonly workflow: string | undefined
    readonly since: string | undefined
    readonly json: boolean
  },
): Promise<number> {
  const oldest = options.since === undefined ? 0 : Date.now() - parseAge(options.since, '--since', 'stats')
  const reader = await openReader(context)
  try {
    const reports = (await reportsOf(reader, undefined, tellLeftOut(context))).filter(
      ({ workflow, startedAt }) =>
        (options.workflow === undefined || workflow === options.workflow) && (startedAt ?? 0) >= oldest,
    )
    const result = stats(reports)
    const width = context.stdout.isTTY ? { width: context.width } : {}
    context.stdout.write(
      options.json ? renderJson(result) : renderStatsText(result, { color: context.color, ...width }),
    )
    return exitCodes.passed
  } finally {
    await reader.close()
  }
}
