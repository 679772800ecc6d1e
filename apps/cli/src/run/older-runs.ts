import type { Engine, RunStatus } from '@gump/engine'
import { GumpError } from '@gump/errors'
import { statusWord } from '@gump/report'

const resumable: readonly RunStatus[] = ['paused', 'failed', 'interrupted', 'cancelled']
const shown = 3

/** A refusal to resume, with the runs that could be resumed instead. */
export async function withOlderRuns(engine: Engine, thrown: unknown): Promise<unknown> {
  if (!(thrown instanceof GumpError) || thrown.code !== 'GUMP-R001') return thrown
  const runs = (await engine.runs()).filter(({ status }) => resumable.includes(status))
  const [first] = runs
  if (first === undefined || thrown.data['status'] !== 'passed') return thrown
  const list = runs
    .slice(0, shown)
    .map(({ alias, workflow, status }) => `${alias} (${workflow}, ${statusWord(status)})`)
  const more = runs.length > shown ? `, and ${runs.length - shown} more that gump runs lists` : ''
  return new GumpError(thrown.code, thrown.message, {
    data: { ...thrown.data, resumable: runs.map(({ id }) => id) },
    remedy: `These can be resumed: ${list.join(', ')}${more}. gump run --resume --run ${first.alias} resumes the newest`,
    cause: thrown,
  })
}
