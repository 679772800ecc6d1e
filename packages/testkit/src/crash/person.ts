import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine, RunResult } from '@gump/engine'
import type { LedgerEvent } from '@gump/ledger'
import { worktreeOf } from './evidence.js'
import type { Scenario } from './scenarios.js'

/** The person that a scenario's runs wait for: edits files in the run's worktree, then approves. */
export interface Person {
  /** Takes the newest run up and answers until it waits no more. */
  resume(): Promise<RunResult>
  /** Answers a run that has just ended until it waits no more. */
  attend(result: RunResult): Promise<RunResult>
}

export function createPerson(engine: Engine, repo: string, { edits }: Scenario): Person {
  /** Edits what is asked about; the same again when a process died before it had recorded the answer. */
  const look = (events: readonly LedgerEvent[], { run_id: run, step }: Question): void => {
    for (const [path, content] of Object.entries(edits[step] ?? {})) {
      writeFileSync(join(worktreeOf(repo, `run-${run}${placeOf(events, step)}`), path), content)
    }
  }
  const person: Person = {
    async resume() {
      const events = await engine.events('latest')
      const open = openQuestions(events)
      for (const question of open) look(events, question)
      const answer = open.length === 0 ? {} : { answer: { decision: 'continue' as const } }
      return person.attend(await (await engine.resume({ run: 'latest', ...answer })).result)
    },
    attend: async (result) => (result.status === 'paused' ? person.resume() : result),
  }
  return person
}

type Question = Extract<LedgerEvent, { type: 'hitl_paused' }>

function openQuestions(events: readonly LedgerEvent[]): readonly Question[] {
  const open = new Map<string, Question>()
  for (const event of events) {
    if (event.type !== 'hitl_paused' && event.type !== 'hitl_resumed') continue
    const key = `${event.step}@${event.round}.${event.attempt}/${event.at}`
    if (event.type === 'hitl_paused') open.set(key, event)
    else open.delete(key)
  }
  return [...open.values()]
}

/** What the name of a branch's worktree has at its end: the number of the place that it was given last. */
function placeOf(events: readonly LedgerEvent[], step: string): string {
  const assigned = events.findLast(
    (event) => event.type === 'workspace_assigned' && step.startsWith(`${event.workspace}/`),
  )
  return assigned?.type === 'workspace_assigned' ? `.${assigned.slot}` : ''
}
