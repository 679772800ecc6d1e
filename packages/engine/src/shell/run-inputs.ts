import type { WorkflowSource } from '@gump/schema'

/** Everything a run was started with, as texts: resume and replay read nothing else. */
export interface RunInputs {
  readonly spec: { readonly path: string; readonly text: string } | null
  /** Sources of the workflow and all it calls, by reference. */
  readonly sources: Readonly<Record<string, WorkflowSource>>
}
