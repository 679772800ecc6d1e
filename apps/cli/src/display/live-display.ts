import type { RunPlan } from '@gump/engine'
import {
  createLiveModel,
  createPlainRenderer,
  type DisplayLevel,
  type LiveModel,
  renderLiveArea,
} from '@gump/report'

import type { CliContext } from '../context.js'
import { createLiveArea } from './live-area.js'
import type { RunDisplay } from './run-display.js'

const redrawMs = 100
const highest = 12

/** The plain lines, and below them a live area that is drawn again at most ten times a second. */
export function createLiveDisplay(context: CliContext, level: DisplayLevel): RunDisplay {
  const { stdout, color } = context
  const renderer = createPlainRenderer({ color, level, columns: () => stdout.columns || 80 })
  const area = createLiveArea({
    get columns() {
      return stdout.columns || 80
    },
    get rows() {
      return stdout.rows || 24
    },
    write: (text) => {
      stdout.write(text)
    },
  })
  let model: LiveModel = createLiveModel()
  let timer: NodeJS.Timeout | undefined
  const draw = () => {
    const height = Math.min(highest, (stdout.rows || 24) - 2)
    area.draw(renderLiveArea(model, { width: (stdout.columns || 80) - 1, now: Date.now(), color, height }))
  }
  const start = () => {
    timer ??= setInterval(draw, redrawMs).unref()
  }
  const stop = () => {
    clearInterval(timer)
    timer = undefined
    area.clear()
  }
  // Whatever ends the process, the terminal gets its cursor back.
  process.once('exit', stop)
  start()
  return {
    expect: (plan: RunPlan) => {
      model = createLiveModel({ plan: plan.steps })
    },
    recall: (event) => {
      model.push(event)
      renderer.push(event)
    },
    onEvent: (event) => {
      model.push(event)
      const lines = renderer.push(event)
      if (lines.length > 0) area.log(lines)
      if (event.type === 'run_completed') stop()
    },
    onLive: (event) => model.live(event),
    notice: (text) => area.log([text]),
    suspend: stop,
    resume: start,
    end: () => {
      stop()
      process.off('exit', stop)
    },
  }
}
