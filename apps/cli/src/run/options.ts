/** What `gump run` was asked for, as it came from the command line. */
export interface RunCommandOptions {
  readonly target: string | undefined
  readonly second: string | undefined
  readonly spec: string | undefined
  readonly workflow: string | undefined
  readonly dryRun: boolean
  readonly set: readonly string[]
  readonly agent: string | undefined
  readonly jobs: number | undefined
  readonly maxBudget: string | undefined
  readonly maxTokens: number | undefined
  readonly maxTimeout: string | undefined
  readonly pauseAfter: readonly string[]
  readonly sandbox: string | undefined
  readonly allowDirty: boolean
  readonly allowUnpriced: boolean
  readonly park: boolean
  readonly resume: boolean
  readonly replay: boolean
  readonly fromStep: string | undefined
  readonly run: string | undefined
  readonly approve: boolean
  readonly reject: string | undefined
  readonly takeOver: boolean
  readonly verbose: boolean
  readonly quiet: boolean
  readonly json: boolean
  readonly detach: boolean
}
