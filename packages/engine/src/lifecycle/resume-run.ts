import { GumpError } from '@gump/errors'
import type { LedgerEvent, NewEvent } from '@gump/ledger'
import type { Run } from '../run.js'
import type { ResumeRequest } from '../requests.js'
import { initialState, lastAttempt, reduce, type RunState, walkNodes } from '@gump/history'
import type { RunContext } from '../shell/run-context.js'
import { budgetWarnings } from './budget-notes.js'
import { launchRun } from './launch-run.js'
import { killLeftovers } from './leftovers.js'
import { takeRun } from './owner.js'
import { readFilters } from './read-filters.js'
import { openRun } from './open-run.js'
import { requireAgent } from './require-agent.js'
import { requireSandbox } from './require-sandbox.js'
import { refuseUnloaded } from './refuse-unloaded.js'
import type { Setup } from './setup.js'
import { takeInEdits } from './take-in-edits.js'
import { requestedLimits } from '../requested-limits.js'
import { readInputs } from './snapshot-inputs.js'

/** Continues with a run: what the ledger says is folded, leftovers are killed, and the core decides as always. */
export async function resumeRun(setup: Setup, request: ResumeRequest): Promise<Run> {
  refuseUnloaded(setup)
  const location = await setup.store.find(request.run)
  const before = await openRun(setup, location)
  refuseUnresumable(before.state, request)
  const { started, limits, options } = before.state
  await requireAgent(setup, options, request.agent)
  const notes =
    started === null ? [] : budgetWarnings(setup, { limits, options, agents: started.agents }, request)
  await requireSandbox(setup)
  const filters = await readFilters(setup, started?.base_commit ?? setup.facts.head)
  const stored = readInputs(location.dir)
  const ownership = takeRun(location.dir, request.takeOver ?? false)
  setup.ambient.faults('resume:owner')
  const alias = location.alias ?? location.id
  return launchRun({
    setup: { ...setup, settings: { ...setup.settings, gateCommands: stored.settings.gateCommands } },
    id: location.id,
    alias,
    dir: location.dir,
    plan: stored.plan,
    inputs: stored.inputs,
    ownership,
    filters,
    mode: 'append',
    first: async (past, context) => [...(await takeUp(past, context, request, ownership.number)), ...notes],
    signal: request.signal,
  })
}

function refuseUnresumable({ started, ended }: RunState, request: ResumeRequest): void {
  if (started === null) {
    throw new GumpError('GUMP-R001', 'the run stopped before its first event; start it again', {
      remedy: 'gump gc removes its folder',
    })
  }
  if (ended?.status !== 'passed') return
  throw new GumpError('GUMP-R001', `run ${request.run} has passed; there is nothing to resume`, {
    data: { status: 'passed' },
    remedy: 'gump apply merges it; gump run starts another',
  })
}

async function takeUp(
  past: readonly LedgerEvent[],
  context: RunContext,
  request: ResumeRequest,
  owner: number,
): Promise<readonly NewEvent[]> {
  // Another owner may have brought it to its end between the first look and this one's turn.
  const state = past.reduce(reduce, initialState)
  refuseUnresumable(state, request)
  await killLeftovers(context.ambient.processes, context.runId, state)
  context.ambient.faults('resume:killed')
  const adopted = await takeInEdits(context, state)
  const limits = requestedLimits(request)
  const resumed: NewEvent = {
    type: 'run_resumed',
    owner,
    retry_failed: state.ended?.status === 'failed',
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
    options: {
      interactive: context.ambient.human !== null,
      ...(request.agent === undefined ? {} : { agent_override: request.agent }),
      ...(request.allowUnpriced === true ? { allow_unpriced: true } : {}),
    },
  }
  return [resumed, ...context.worktrees.takeNotes(), ...adopted, ...answers(state, request)]
}

/** What a person said on the command line answers every open question. */
function answers(state: RunState, request: ResumeRequest): readonly NewEvent[] {
  const { answer } = request
  if (answer === undefined) return []
  const events: NewEvent[] = []
  walkNodes(state.root, (node, path) => {
    const attempt = lastAttempt(node)
    if (attempt === null || node.completed !== null) return
    for (const [at, pause] of Object.entries(attempt.pauses)) {
      if (pause.decision !== null) continue
      events.push({
        type: 'hitl_resumed',
        step: path.join('/'),
        round: attempt.round,
        attempt: attempt.attempt,
        at: at === 'before_gate' ? 'before_gate' : 'after_gate',
        decision: answer.decision,
        ...(answer.decision === 'retry' ? { note: answer.note } : {}),
      })
    }
  })
  if (events.length > 0) return events
  throw new GumpError('GUMP-R001', 'the run is not waiting for a person', {
    remedy: 'leave out --approve and --reject',
  })
}
