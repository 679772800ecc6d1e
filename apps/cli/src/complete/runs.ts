import { createReader, type RunReader } from '@gump/engine'
import { statusWord, summarise } from '@gump/report'

import type { CliContext } from '../context.js'
import { requireRepository } from '../repository.js'
import type { Candidate } from './situation.js'

/** The aliases of all runs, the newest first. */
export async function runNames(context: CliContext): Promise<readonly Candidate[]> {
  return await reading(context, async (reader) => {
    const runs = await reader.runs()
    const latest = runs[0] === undefined ? [] : [{ word: 'latest', about: runs[0].alias }]
    const about = (workflow: string, status: string) => [workflow, status].filter(Boolean).join(', ')
    return [
      ...latest,
      ...runs.map(({ alias, workflow, status }) => ({
        word: alias,
        about: about(workflow, statusWord(status)),
      })),
    ]
  })
}

/** The steps of a run, in the order of their ends. */
export async function stepsOfRun(context: CliContext, run: string): Promise<readonly Candidate[]> {
  return await reading(context, async (reader) => {
    const { id, status } = await reader.find(run)
    const { steps } = summarise(await reader.events(id), { status })
    return steps.map(({ path }) => ({ word: path }))
  })
}

async function reading<T>(context: CliContext, read: (reader: RunReader) => Promise<T>): Promise<T> {
  const { env, version } = context
  const reader = createReader({ repo: requireRepository(context.cwd), env, gumpVersion: version })
  try {
    return await read(reader)
  } finally {
    await reader.close()
  }
}
