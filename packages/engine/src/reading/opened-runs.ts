import type { RunStore } from '@gump/ledger'
import type { RepositoryFacts, RunsInGit } from '@gump/workspace'
import type { EngineSettings } from '../contract.js'

/** What looking at the runs of a repository needs: a part of what an engine has. */
export interface OpenedRuns {
  readonly workspace: RunsInGit
  readonly facts: RepositoryFacts
  readonly store: RunStore
  readonly settings: Pick<EngineSettings, 'gumpVersion'>
}
