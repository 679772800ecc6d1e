import { adviseAll, type Worth } from '@gump/advice'
import { renderDetailText, renderReportText, renderStatsText, stats, summarise } from '@gump/report'

import { runJson } from '../display/run-json.js'
import { pastRuns } from '../run/past-runs.js'
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

const allRuns = (worth: Worth | null, version: string): Tool => ({
  name: 'stats',
  description:
    'Show what finished runs say together: which agent passes after which failures, and which ladder of agents to use.',
  inputSchema: { type: 'object', properties: {} },
  call: async (engine) => {
    const past = await pastRuns(engine, version)
    const advice = adviseAll(
      past.map(({ record }) => record),
      { worth },
    )
    return renderStatsText(
      stats(
        past.map(({ report }) => report),
        { worth, advice },
      ),
      plain,
    )
  },
})

/**
 * Tools that only look.
 *
 * @param worth - what the user takes a passed task to be worth
 * @param version - of this Gump
 */
export function lookTools(worth: Worth | null, version: string): readonly Tool[] {
  return [status, report, allRuns(worth, version)]
}
