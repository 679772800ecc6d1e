import { renderDetailText, renderReportText, renderStatsText, stats, summarise } from '@gump/report'

import { reportsOf } from '../actions/report.js'
import { runJson } from '../display/run-json.js'
import { runProperty, textOf, type Tool } from './tool.js'

const plain = { color: false }

const status: Tool = {
  name: 'status',
  description: 'How a run stands: status, current steps, cost so far.',
  inputSchema: { type: 'object', properties: { run: runProperty } },
  call: async (engine, given) => runJson(await engine.find(textOf(given, 'run') ?? 'latest')),
}

const report: Tool = {
  name: 'report',
  description:
    'What a run did, step by step; with step, every attempt of that step with its gates and files.',
  inputSchema: {
    type: 'object',
    properties: {
      run: runProperty,
      step: { type: 'string', description: 'A step’s path, or the end of it.' },
    },
  },
  call: async (engine, given) => {
    const { id, status: standing } = await engine.find(textOf(given, 'run') ?? 'latest')
    const events = await engine.events(id)
    const step = textOf(given, 'step')
    return step === undefined
      ? renderReportText(summarise(events, { status: standing }), plain)
      : renderDetailText(events, step, { ...plain, status: standing })
  },
}

const allRuns: Tool = {
  name: 'stats',
  description: 'What all runs say together: pass rates, cost and time per step, agent and attempt.',
  inputSchema: { type: 'object', properties: {} },
  call: async (engine) => renderStatsText(stats(await reportsOf(engine)), plain),
}

/** Tools that only look. */
export const lookTools: readonly Tool[] = [status, report, allRuns]
