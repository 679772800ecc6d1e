import type { CliContext } from '../context.js'
import type { RunDisplay } from './run-display.js'

/** The ledger's own lines on stdout, for programs. */
export function createNdjsonDisplay(context: CliContext): RunDisplay {
  return {
    recall: () => {},
    onEvent: (event) => {
      context.stdout.write(`${JSON.stringify(event)}\n`)
    },
    onLive: () => {},
    notice: (text) => {
      context.stderr.write(`${text}\n`)
    },
    suspend: () => {},
    resume: () => {},
    end: () => {},
  }
}
