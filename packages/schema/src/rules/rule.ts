import type { ErrorCode, Range } from '@gump/errors'
import type { Workflow } from '../ir.js'
import type { ReportDetail } from '../yaml/problems.js'

/** What a rule found: an error unless the detail says otherwise. */
export interface Finding {
  readonly code: ErrorCode
  readonly range: Range
  readonly message: string
  readonly detail?: ReportDetail
}

/** One semantic check of a whole workflow: pure, linear in the number of steps. */
export type Rule = (workflow: Workflow, facts: RuleFacts) => Iterable<Finding>

/** What a rule must know beside the workflow. */
export interface RuleFacts {
  /** Names of steps that could not be read; what refers to them is not reported again. */
  readonly broken: ReadonlySet<string>
}
