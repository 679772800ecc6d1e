import { join } from 'node:path'

import { followLedger, type LedgerEvent, ledgerFileName } from '@gump/ledger'
import { createPlainRenderer, selectStep, summarise } from '@gump/report'

import { openEngine } from '../compose/open-engine.js'
import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'

export interface LogsOptions {
  readonly run: string
  readonly step: string | undefined
  readonly follow: boolean
  readonly json: boolean
}

export async function logs(context: CliContext, options: LogsOptions): Promise<number> {
  const engine = await openEngine(context)
  try {
    const { id, dir, status } = await engine.find(options.run)
    const past = await engine.events(id)
    const step = options.step === undefined ? null : selectStep(summarise(past), options.step)
    const print = printer(context, options.json, step)
    if (options.follow && (status === 'running' || status === 'parked')) {
      await follow(join(dir, ledgerFileName), print)
    } else {
      for (const event of past) print(event)
    }
    return exitCodes.passed
  } finally {
    await engine.close()
  }
}

/** Until the run stops, or the reader does. */
async function follow(file: string, print: (event: LedgerEvent) => void): Promise<void> {
  const stop = new AbortController()
  const end = () => stop.abort()
  process.once('SIGINT', end)
  try {
    await followLedger(
      file,
      (event) => {
        print(event)
        if (event.type === 'run_completed') stop.abort()
      },
      stop.signal,
    )
  } finally {
    process.off('SIGINT', end)
  }
}

function printer(context: CliContext, asJson: boolean, step: string | null): (event: LedgerEvent) => void {
  const renderer = createPlainRenderer({ color: context.color, level: 'verbose' })
  return (event) => {
    if (step !== null && !concerns(event, step)) return
    const lines = asJson ? [JSON.stringify(event)] : renderer.push(event)
    context.stdout.write(lines.map((line) => `${line}\n`).join(''))
  }
}

function concerns(event: LedgerEvent, step: string): boolean {
  return (
    'step' in event &&
    typeof event.step === 'string' &&
    (event.step === step || event.step.startsWith(`${step}/`))
  )
}
