import { join } from 'node:path'

import type { RunStatus } from '@gump/engine'
import { followLedger, type LedgerEvent, ledgerFileName } from '@gump/ledger'
import { createPlainRenderer, selectStep, summarise } from '@gump/report'

import { openReader } from '../compose/open-reader.js'
import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'

export interface LogsOptions {
  readonly run: string
  readonly step: string | undefined
  readonly follow: boolean
  readonly json: boolean
}

export async function logs(context: CliContext, options: LogsOptions): Promise<number> {
  const reader = await openReader(context)
  try {
    const { id, alias, dir, status } = await reader.find(options.run)
    const past = await reader.events(id)
    const step = options.step === undefined ? null : selectStep(summarise(past), options.step)
    const print = printer(context, options.json, step)
    if (options.follow && goesOn(status)) {
      const isOver = async (): Promise<boolean> =>
        ['interrupted', 'unreadable'].includes((await reader.find(id)).status)
      await follow(join(dir, ledgerFileName), past.at(-1)?.seq ?? 0, print, isOver)
      const now = await reader.find(id)
      if (now.status === 'interrupted') {
        const remedy = `gump run --resume --run ${alias} continues it`
        context.stderr.write(`${alias} is interrupted: the process that ran it is gone; ${remedy}.\n`)
      } else if (now.status === 'unreadable') {
        context.stderr.write(`${alias}: ${now.problem?.text}; ${now.remains?.text}.\n`)
        return exitCodes.failed
      }
    } else {
      for (const event of past) print(event)
    }
    return exitCodes.passed
  } finally {
    await reader.close()
  }
}

/** The run may still be written to: it is running, or paused by an owner that is asking a person. */
function goesOn(status: RunStatus): boolean {
  return ['running', 'parked', 'paused', 'unknown'].includes(status)
}

/** Until the run stops, its owner dies, or the reader goes. */
async function follow(
  file: string,
  knownSeq: number,
  print: (event: LedgerEvent) => void,
  isOver: () => Promise<boolean>,
): Promise<void> {
  const stop = new AbortController()
  const end = () => stop.abort()
  process.once('SIGINT', end)
  try {
    await followLedger(
      file,
      (event) => {
        print(event)
        // One before that is the end of an earlier part of a run that was resumed.
        if (event.type === 'run_completed' && event.seq >= knownSeq) stop.abort()
      },
      stop.signal,
      { isOver },
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
