import { renderJson, renderStatsText, stats } from '@gump/report'
import { parseDuration } from '@gump/schema'

import { openEngine } from '../compose/open-engine.js'
import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'
import { usageError } from '../usage-error.js'
import { reportsOf } from './report.js'

const dayMs = 86_400_000

export async function showStats(
  context: CliContext,
  options: {
    readonly workflow: string | undefined
    readonly since: string | undefined
    readonly json: boolean
  },
): Promise<number> {
  const oldest = options.since === undefined ? 0 : Date.now() - age(options.since)
  const engine = await openEngine(context)
  try {
    const reports = (await reportsOf(engine)).filter(
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
    await engine.close()
  }
}

function age(written: string): number {
  const days = /^(\d{1,6})d$/u.exec(written)?.[1]
  const ms = days === undefined ? parseDuration(written) : Number(days) * dayMs
  if (ms === null) throw usageError(`--since wants an age such as 12h or 30d, and got "${written}"`, 'stats')
  return ms
}
