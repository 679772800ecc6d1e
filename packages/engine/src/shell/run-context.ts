import type { AgentEvent } from '@gump/agents'
import type { GateDefinition } from '@gump/gates'
import type { GuardDefinition } from '@gump/guards'
import type { ArtifactStore } from '@gump/ledger'
import type { WorkspaceProvider } from '@gump/workspace'
import type { Ambient, EngineSettings } from '../contract.js'
import type { Frame, Plan, Viewpoint } from '@gump/core'
import type { AgentDetector } from '../detect/agent-detector.js'
import type { AgentTable } from './agent-table.js'
import type { Journal } from './journal.js'
import type { Limiter } from './limiter.js'
import type { Masker } from './masker.js'
import type { RunInputs } from './run-inputs.js'
import type { Watch } from './watch.js'
import type { Worktrees } from './worktrees.js'

/** Everything the performers of effects work with; one per run that is being driven. */
export interface RunContext {
  readonly runId: string
  readonly alias: string
  /** Absolute path of the run's folder. */
  readonly dir: string
  readonly repoRoot: string
  /** The `.git` folder that all worktrees share. */
  readonly commonDir: string
  /** What the sandbox of this machine and these settings amounts to. */
  readonly sandboxLevel: 'enforced' | 'detected'
  /** Programs in the sandbox get a view of the repository's git folder instead of the folder itself. */
  readonly showsGitViews: boolean
  readonly plan: Plan
  readonly inputs: RunInputs
  readonly settings: EngineSettings
  readonly ambient: Ambient
  readonly journal: Journal
  readonly artifacts: ArtifactStore
  readonly workspace: WorkspaceProvider
  readonly worktrees: Worktrees
  readonly agents: AgentTable
  readonly detect: AgentDetector
  readonly gates: ReadonlyMap<string, GateDefinition>
  readonly guards: ReadonlyMap<string, GuardDefinition>
  readonly limiter: Limiter
  readonly masker: Masker
  readonly watch: Watch
  readonly live: (
    step: { readonly path: string; readonly round: number; readonly attempt: number },
    event: AgentEvent,
  ) => void
}

/** Where a step of a frame looks up its variables, in the state of this moment. */
export function viewpoint(
  context: Pick<RunContext, 'journal' | 'plan'>,
  frame: Frame,
  step: string | null,
): Viewpoint {
  return { plan: context.plan, state: context.journal.state, frame, step }
}
