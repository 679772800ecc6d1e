import type { RunSummary } from '@gump/engine'
import { catalogue, isGumpError } from '@gump/errors'

import { composeEngine } from '../compose/engine.js'
import type { Examination, Finding } from './finding.js'

/** Runs of which not everything is known: git or their owner may still hold work. */
export const examineRuns: Examination = async ({ context, config, root }) => {
  if (root === null || config === null) return []
  const engine = await composeEngine(context, config, { root, plugins: null, human: null, agents: [] })
  try {
    const unreadable = (await engine.runs()).filter(({ status }) => status === 'unreadable')
    return describe([...unreadable, ...(await engine.lostRuns())])
  } catch (error) {
    if (!isGumpError(error)) throw error
    // What is wrong with the repository is said where it is looked at.
    if (error.code.startsWith('GUMP-P') || error.code.startsWith('GUMP-G')) return []
    return [warning(error.message, error.remedy ?? catalogue[error.code].remedy)]
  } finally {
    await engine.close()
  }
}

const mostShown = 5

function describe(runs: readonly RunSummary[]): readonly Finding[] {
  const more = runs.length - mostShown
  return [
    ...runs
      .slice(0, mostShown)
      .map(({ alias, problem, remains }) =>
        warning(
          `${alias}: ${problem?.text ?? ''}; ${remains?.text ?? ''}`,
          'gump status says what can be done; gump gc asks before it removes anything',
        ),
      ),
    ...(more > 0 ? [warning(`${more} more of which only git tells`, 'gump gc --dry-run lists them')] : []),
  ]
}

function warning(detail: string, remedy: string): Finding {
  return { area: 'runs', name: 'runs', status: 'warning', detail, remedy }
}
