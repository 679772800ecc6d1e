import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { GumpError } from '@gump/errors'
import type { EventBodies, EventOf, RunLocation } from '@gump/ledger'
import type { Run } from '../run.js'
import type { ReplayRequest } from '../requests.js'
import { resolvePlan } from '../plan/resolve-plan.js'
import { anchorHistory } from './anchor-history.js'
import { createRun } from './create-run.js'
import { historyBefore, resolveStep } from '@gump/core'
import { launchRun } from './launch-run.js'
import { openRun } from './open-run.js'
import { demandPlaceForRefs } from './preconditions.js'
import { refuseErrors } from './preflight.js'
import { readSpec, recordedSpec } from './read-spec.js'
import { requireAgent } from './require-agent.js'
import { requestedLimits } from '../requested-limits.js'
import { readFilters } from './read-filters.js'
import { requireSandbox } from './require-sandbox.js'
import { refuseUnloaded } from './refuse-unloaded.js'
import type { Setup } from './setup.js'
import { readInputs } from './snapshot-inputs.js'
import type { StoredInputs } from './stored-inputs.js'
import { budgetWarnings } from './budget-notes.js'
import { placeForWorktrees } from './worktrees-place.js'

/**
 * Starts a new run whose history up to a step is that of an old one; the old run is not changed. Everything comes from
 * the snapshots of the old run unless another workflow is given.
 */
export async function replayRun(setup: Setup, request: ReplayRequest, cwd: string): Promise<Run> {
  refuseUnloaded(setup)
  const old = await setup.store.find(request.run)
  const { events } = await openRun(setup, old)
  const started = events.find((event) => event.type === 'run_started')
  if (started === undefined) throw new GumpError('GUMP-R001', `run ${request.run} has no history to replay`)
  await requireAgent(setup, started.options, request.agent)
  const notes = budgetWarnings(setup, started, request)
  await requireSandbox(setup)
  const filters = await readFilters(setup, started.base_commit)
  const step = resolveStep(events, request.fromStep)
  const kept = await inputsFor(setup, request, readInputs(old.dir), started.inputs)
  const spec = readSpec(setup.facts.root, cwd, request.spec) ?? kept.inputs.spec
  const stored = { ...kept, inputs: { ...kept.inputs, spec } }
  await demandPlaceForRefs(setup)
  const { recorded, inside } = await placeForWorktrees(setup)
  if (inside.length > 0) await setup.workspace.excludeOwnFolders(inside)
  const { location, ownership } = createRun(setup, stored, (made) => copyArtifacts(old, made))
  const { id } = location
  const alias = location.alias ?? id
  const history = historyBefore(events, step)
  return launchRun({
    setup: { ...setup, settings: { ...setup.settings, gateCommands: stored.settings.gateCommands } },
    id,
    alias,
    dir: location.dir,
    plan: stored.plan,
    inputs: stored.inputs,
    ownership,
    filters,
    mode: 'create',
    first: async (_past, { workspace }) => [
      {
        ...startedAgain(started, request),
        alias,
        branch: `gump/run-${id}`,
        worktrees: recorded,
        spec: recordedSpec(spec),
      },
      ...notes,
      {
        type: 'replay_started',
        from_run: old.id,
        from_step: step.path,
        ...(old.alias === null ? {} : { from_alias: old.alias }),
      },
      ...(await anchorHistory(history, id, workspace)),
    ],
    signal: request.signal,
  })
}

/** What the old run was started with, or another workflow on the same spec and inputs. */
async function inputsFor(
  setup: Setup,
  request: ReplayRequest,
  stored: StoredInputs,
  given: Readonly<Record<string, string>>,
): Promise<StoredInputs> {
  if (request.workflow === undefined) return stored
  const resolved = await resolvePlan(setup.playbook, request.workflow, given, setup.vocabulary)
  refuseErrors(resolved.diagnostics, resolved.texts)
  if (resolved.plan === null) return stored
  return {
    ...stored,
    root: resolved.plan.root,
    plan: resolved.plan,
    inputs: { ...stored.inputs, sources: resolved.sources },
  }
}

/** The history refers to texts of the old run; the new one must stand when the old one is gone. */
function copyArtifacts(old: RunLocation, location: RunLocation): void {
  const from = join(old.dir, 'artifacts')
  if (existsSync(from)) cpSync(from, join(location.dir, 'artifacts'), { recursive: true })
}

function startedAgain(
  started: EventOf<'run_started'>,
  request: ReplayRequest,
): EventBodies['run_started'] & { readonly type: 'run_started' } {
  const { v: _v, seq: _seq, ts: _ts, run_id: _run, worktrees: _worktrees, ...body } = started
  const { agent, allowUnpriced } = request
  return {
    ...body,
    limits: { ...body.limits, ...requestedLimits(request) },
    options: {
      ...body.options,
      ...(agent === undefined ? {} : { agent_override: agent }),
      ...(allowUnpriced === true ? { allow_unpriced: true } : {}),
    },
  }
}
