import type { CatalogueEntry } from './catalogue-entry.js'
import { agentCodes, type AgentCode } from './codes/agent.js'
import { configCodes, type ConfigCode } from './codes/config.js'
import { ledgerCodes, type LedgerCode } from './codes/ledger.js'
import { preconditionCodes, type PreconditionCode } from './codes/precondition.js'
import { processCodes, type ProcessCode } from './codes/process.js'
import { runCodes, type RunCode } from './codes/run.js'
import { systemCodes, type SystemCode } from './codes/system.js'
import { templateCodes, type TemplateCode } from './codes/template.js'
import { workflowCodes, type WorkflowCode } from './codes/workflow.js'
import { workspaceCodes, type WorkspaceCode } from './codes/workspace.js'

/** The closed union of error codes. */
export type ErrorCode =
  | AgentCode
  | ConfigCode
  | LedgerCode
  | PreconditionCode
  | ProcessCode
  | RunCode
  | SystemCode
  | TemplateCode
  | WorkflowCode
  | WorkspaceCode

/** Every code Gump can report, with the text of its page in the error reference. */
export const catalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = {
  ...agentCodes,
  ...configCodes,
  ...ledgerCodes,
  ...preconditionCodes,
  ...processCodes,
  ...runCodes,
  ...systemCodes,
  ...templateCodes,
  ...workflowCodes,
  ...workspaceCodes,
}
