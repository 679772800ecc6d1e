// A process that performs effects for a run of another process: lines of JSON come on standard input, answers go to
// standard output. It ends with its input.
import { createInterface } from 'node:readline'
import { openPerformer, type PerformedRun, type StepPerformer, type StepRequest } from '@gump/engine'
import { toGumpError } from '@gump/errors'
import type { LedgerEvent } from '@gump/ledger'
import type { FromPerformer, ToPerformer } from './messages.js'
import { executorScenarios } from './scenario.js'

const controllers = new Map<string, AbortController>()
const history: LedgerEvent[] = []
let opening: { readonly repo: string; readonly run: PerformedRun } | null = null
let performer: Promise<StepPerformer> | null = null

function tell(message: FromPerformer): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

/** Opened with the first request, when the lines that it needs are there. */
function opened(): Promise<StepPerformer> {
  if (opening === null) throw new Error('asked before it was opened')
  return (performer ??= openPerformer(executorScenarios(opening.repo), opening.run, history))
}

async function execute(request: StepRequest, known: number): Promise<void> {
  const { id } = request
  const controller = new AbortController()
  controllers.set(id, controller)
  try {
    const it = await opened()
    it.learn(history.slice(0, known))
    const result = await it.execute(
      request,
      {
        report: (report) => tell({ told: 'report', report }),
        live: (live) => tell({ told: 'live', id, live }),
      },
      controller.signal,
    )
    tell({ told: 'result', result })
  } catch (error) {
    const { code, message, remedy } = toGumpError(error)
    const plain = remedy === undefined ? { code, message } : { code, message, remedy }
    tell({ told: 'result', result: { v: 1, id, status: 'failed', error: plain } })
  } finally {
    controllers.delete(id)
  }
}

function follow(message: ToPerformer): void {
  switch (message.do) {
    case 'open':
      opening = message
      return
    case 'learn':
      history.push(...message.lines)
      return
    case 'execute':
      void execute(message.request, history.length)
      return
    case 'stop':
      controllers.get(message.id)?.abort(message.stopping)
  }
}

const input = createInterface({ input: process.stdin })
input.on('line', (line) => follow(JSON.parse(line) as ToPerformer))
input.once('close', () => process.exit())
