import { exitCodes } from '../exit-codes.js'

/** How long a polite stop may take before the process ends anyway; what it started dies with it. */
const patienceMs = 4500

export interface Interrupts {
  /** Aborted by the first Ctrl-C, SIGTERM or SIGHUP, and when nobody reads what is printed any more. */
  readonly signal: AbortSignal
  /** True once a person or the system asked to stop. */
  stopped(): boolean
  /** Does what such a signal does. */
  interrupt(): void
  /** Gives the signals back. */
  release(): void
}

/**
 * First signal: stop agents, record, leave the run resumable. Second: at once. Nothing outlives the process either way:
 * agents are held by containers that die with it.
 */
export function handleInterrupts(onFirst: (why?: string) => void, onForced: () => void): Interrupts {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const force = () => {
    onForced()
    process.exit(exitCodes.interrupted)
  }
  const onSignal = () => {
    if (controller.signal.aborted) {
      force()
      return
    }
    stop()
  }
  const stop = (why?: string) => {
    onFirst(why)
    controller.abort()
    timer = setTimeout(force, patienceMs)
  }
  // A closed pipe or a full disk: the ledger still has everything, and what the display says is lost.
  const onLostOutput = (error: NodeJS.ErrnoException) => {
    if (!controller.signal.aborted) stop(`Nothing more can be printed (${error.code ?? error.message}).`)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, onSignal)
  process.stdout.on('error', onLostOutput)
  process.stderr.on('error', ignore)
  return {
    signal: controller.signal,
    interrupt: onSignal,
    stopped: () => controller.signal.aborted,
    release: () => {
      clearTimeout(timer)
      for (const name of signals) process.off(name, onSignal)
      process.stdout.off('error', onLostOutput)
      process.stderr.off('error', ignore)
    },
  }
}

/** Where messages go is gone, too; there is nobody to tell. */
function ignore(): void {}
