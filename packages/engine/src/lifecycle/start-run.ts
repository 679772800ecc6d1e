import { createHash } from 'node:crypto'
import { GumpError } from '@gump/errors'
import type { NewEvent } from '@gump/ledger'
import type { StartedRun } from '../run.js'
import type { StartRequest } from '../requests.js'
import { createRun } from './create-run.js'
import { launchRun } from './launch-run.js'
import { checkWorkingTree } from './preconditions.js'
import { describePlan } from './plan-run.js'
import { type Preflight, preflight, refuseErrors } from './preflight.js'
import { filterWarnings, readFilters } from './read-filters.js'
import { recordedSpec } from './read-spec.js'
import { requireSandbox } from './require-sandbox.js'
import { refuseUnloaded } from './refuse-unloaded.js'
import type { Setup } from './setup.js'
import { placeForWorktrees } from './worktrees-place.js'

/** Starts a run. Everything that can be wrong with the request is refused before anything is created. */
export async function startRun(setup: Setup, request: StartRequest, cwd: string): Promise<StartedRun> {
  const found = await preflight(setup, request, cwd)
  refuseErrors(found.diagnostics, found.resolved.texts)
  refuseUnloaded(setup)
  const { plan, root } = found.resolved
  if (plan === null || root === null) throw new GumpError('GUMP-R999', 'the plan is missing without an error')
  await requireSandbox(setup)
  // Without a filter that is required, git takes files for changed that nobody has touched.
  const filters = await readFilters(setup, setup.facts.head)
  const dirty = await checkWorkingTree(setup, {
    allowDirty: request.allowDirty ?? false,
    specPath: found.spec?.path ?? null,
  })
  const warnings = [...dirty, ...filterWarnings(filters)]
  const { copy, link } = setup.settings.worktree
  const { recorded, inside } = await placeForWorktrees(setup)
  await setup.workspace.excludeOwnFolders([...copy, ...link, ...inside])
  const inputs = { spec: found.spec, sources: found.resolved.sources }
  const { gateCommands } = setup.settings
  const { location, ownership } = createRun(setup, {
    root: plan.root,
    inputs,
    plan,
    settings: { gateCommands },
  })
  const { id } = location
  const alias = location.alias ?? id
  const notes = [...found.diagnostics, ...warnings].filter((d) => d.severity === 'warning')
  const first: NewEvent[] = [
    startedEvent(setup, found, { id, alias, worktrees: recorded }),
    ...notes.map((note): NewEvent => ({ type: 'warning', code: note.code, message: note.message })),
  ]
  const run = await launchRun({
    setup,
    id,
    alias,
    dir: location.dir,
    plan,
    inputs,
    ownership,
    filters,
    mode: 'create',
    first: async () => first,
    signal: request.signal,
  })
  return { ...run, plan: () => describePlan(setup, found, warnings) }
}

function startedEvent(
  setup: Setup,
  found: Preflight,
  { id, alias, worktrees }: { readonly id: string; readonly alias: string; readonly worktrees: string },
): NewEvent {
  const { root } = found.resolved
  const { facts, settings } = setup
  return {
    type: 'run_started',
    alias,
    workflow: {
      name: root?.workflow.name ?? '',
      source: root?.source.file ?? '',
      sha256: sha256(root?.source.text ?? ''),
    },
    spec: recordedSpec(found.spec),
    base_commit: facts.head,
    branch: `gump/run-${id}`,
    user_branch: facts.branch,
    worktrees,
    agents: found.agents,
    limits: found.limits,
    inputs: found.inputs,
    options: found.options,
    gump_version: settings.gumpVersion,
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
