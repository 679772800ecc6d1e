import type { RunSummary } from '@gump/engine'
import type { Usage } from '@gump/ledger'

import { json } from './json.js'

/** What is said where there is none. */
export const noRunYet = 'No run yet: gump run WORKFLOW --spec FILE starts one.\n'

/** Runs as `--json` lists them: a figure that nobody measured is `null`, which a zero is not. */
export function runsJson(runs: readonly RunSummary[]): string {
  return json(runs.map(runFacts))
}

/** One of them. */
export function runJson(run: RunSummary): string {
  return json(runFacts(run))
}

function runFacts(run: RunSummary): unknown {
  return { ...run, usage: usageFacts(run.usage) }
}

function usageFacts(usage: Usage): unknown {
  if (usage.cost_source !== 'unpriced') return usage
  const { tokens, cost_usd } = usage
  const counted = Object.values(tokens).some((count) => count > 0)
  return { ...usage, tokens: counted ? tokens : null, cost_usd: cost_usd > 0 ? cost_usd : null }
}
