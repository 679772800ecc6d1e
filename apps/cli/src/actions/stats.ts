import { adviseAll, calibrate, publicSource } from '@gump/advice'
import { renderCalibrationText, renderJson, renderStatsText, stats } from '@gump/report'

import { openConfiguredReader } from '../compose/open-reader.js'
import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'
import { parseAge } from '../run/age.js'
import { pastRuns, tellLeftOut } from '../run/past-runs.js'
import { worthOf } from '../run/worth.js'

export interface StatsCommandOptions {
  readonly workflow: string | undefined
  readonly since: string | undefined
  readonly runs: boolean
  readonly calibration: boolean
  readonly json: boolean
}

export async function showStats(context: CliContext, options: StatsCommandOptions): Promise<number> {
  const oldest = options.since === undefined ? 0 : Date.now() - parseAge(options.since, '--since', 'stats')
  const { reader, config } = await openConfiguredReader(context)
  try {
    const { workflow } = options
    const wanted = { workflow, since: oldest, leftOut: tellLeftOut(context) }
    const past = await pastRuns(reader, context.version, wanted)
    const reports = past.map(({ report }) => report)
    const records = past.map(({ record }) => record)
    const look = { color: context.color, ...(context.stdout.isTTY ? { width: context.width } : {}) }
    if (options.calibration) {
      const calibration = calibrate(records)
      context.stdout.write(options.json ? renderJson(calibration) : renderCalibrationText(calibration, look))
      return exitCodes.passed
    }
    const worth = worthOf(config)
    const result = stats(reports, { worth, advice: adviseAll(records, { worth }) })
    const names = new Map(reports.map(({ id, alias }) => [id, alias]))
    const named = options.runs ? { runName: (id: string) => names.get(id) ?? id } : {}
    context.stdout.write(
      options.json ? renderJson({ ...result, publicSource }) : renderStatsText(result, { ...look, ...named }),
    )
    return exitCodes.passed
  } finally {
    await reader.close()
  }
}
