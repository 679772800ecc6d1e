import { createPlainRenderer, type DisplayLevel } from '@gump/report'

import type { CliContext } from '../context.js'
import type { RunDisplay } from './run-display.js'

/** One line per fact, written at once: for pipes, files and continuous integration. */
export function createPlainDisplay(context: CliContext, level: DisplayLevel): RunDisplay {
  const renderer = createPlainRenderer({ color: context.color, level })
  return {
    recall: (event) => {
      renderer.push(event)
    },
    onEvent: (event) => {
      const text = renderer
        .push(event)
        .map((line) => `${line}\n`)
        .join('')
      if (text !== '') context.stdout.write(text)
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
