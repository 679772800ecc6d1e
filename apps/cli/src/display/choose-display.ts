import type { DisplayLevel } from '@gump/report'

import type { CliContext } from '../context.js'
import { createLiveDisplay } from './live-display.js'
import { createNdjsonDisplay } from './ndjson-display.js'
import { createPlainDisplay } from './plain-display.js'
import type { RunDisplay } from './run-display.js'

/** Events for programs, a live area on a terminal, plain lines everywhere else. */
export function chooseDisplay(
  context: CliContext,
  options: { readonly json: boolean; readonly quiet: boolean; readonly verbose: boolean },
): RunDisplay {
  if (options.json) return createNdjsonDisplay(context)
  const level: DisplayLevel = options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal'
  const terminal = context.stdout.isTTY && context.env['TERM'] !== 'dumb' && context.env['CI'] === undefined
  return terminal && !options.quiet ? createLiveDisplay(context, level) : createPlainDisplay(context, level)
}
