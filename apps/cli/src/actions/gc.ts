import { confirm, isCancel } from '@clack/prompts'
import type { GcRequest, RunSummary } from '@gump/engine'
import { escapeControl } from '@gump/errors'
import { renderPlainTable } from '@gump/report'

import { openEngine } from '../compose/open-engine.js'
import { type CliContext, tableWidth } from '../context.js'
import { json } from '../display/json.js'
import { describeStays } from '../display/stays.js'
import { exitCodes } from '../exit-codes.js'
import { parseAge } from '../run/age.js'

export interface GcOptions {
  readonly keepLast: number | undefined
  readonly olderThan: string | undefined
  readonly dryRun: boolean
  readonly yes: boolean
  readonly json: boolean
}

export async function collectGarbage(context: CliContext, options: GcOptions): Promise<number> {
  const asked = request(context, options)
  const engine = await openEngine(context)
  try {
    const results = await engine.gc(asked)
    if (options.json) {
      context.stdout.write(
        json(results.map(({ run, ...rest }) => ({ run: run.id, alias: run.alias, ...rest }))),
      )
      return exitCodes.passed
    }
    const word = options.dryRun ? 'would be removed' : 'removed'
    const rows = results.map(({ run, removed, reason }) => [run.alias, removed ? word : 'stays', reason])
    context.stdout.write(
      rows.length === 0
        ? 'Nothing to remove.\n'
        : renderPlainTable(rows, { ...tableWidth(context), headless: true }),
    )
    context.stdout.write(describeStays(results.flatMap(({ stays = [] }) => stays)))
    return exitCodes.passed
  } finally {
    await engine.close()
  }
}

function question({ alias, workflow, status, hasWork, problem, remains }: RunSummary): string {
  if (remains !== null) {
    return `${alias}: ${problem?.text ?? status}; ${remains.text}. Remove what is left of it?`
  }
  return `${alias} (${workflow}, ${status}) was not ${hasWork ? 'applied' : 'finished'}. Remove it with its work?`
}

function request(context: CliContext, options: GcOptions): GcRequest {
  const { keepLast, olderThan, dryRun, yes } = options
  const mayAsk = context.interactive && !options.json && !dryRun
  const ask = yes ? () => Promise.resolve(true) : mayAsk ? askForRun : undefined
  return {
    dryRun,
    ...(keepLast === undefined ? {} : { keepLast }),
    ...(olderThan === undefined ? {} : { olderThanMs: parseAge(olderThan, '--older-than', 'gc') }),
    ...(ask === undefined ? {} : { confirm: ask }),
  }
}

async function askForRun(run: RunSummary): Promise<boolean> {
  const answer = await confirm({ message: escapeControl(question(run)), initialValue: false })
  return !isCancel(answer) && answer
}
