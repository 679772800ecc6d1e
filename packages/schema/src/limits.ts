/** What a workflow file may ask of its readers. Every limit is a located error, never a crash or a hang. */
export interface WorkflowLimits {
  /** UTF-8 bytes of one workflow file; also of one prompt file. */
  readonly fileBytes: number
  /** Levels of mappings and lists inside each other. */
  readonly depth: number
  readonly steps: number
  /** How often aliases are replaced by what they stand for, nested ones counted each time. */
  readonly aliasExpansions: number
  /** YAML nodes after expansion: what bounds the work of all later stages. */
  readonly nodes: number
  /** Workflows that call each other, the first one counted. */
  readonly callDepth: number
}

/** The limits in force. */
export const workflowLimits: WorkflowLimits = {
  fileBytes: 1024 * 1024,
  depth: 32,
  steps: 10_000,
  aliasExpansions: 100,
  nodes: 500_000,
  callDepth: 8,
}
