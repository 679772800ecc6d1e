import type { Range } from '@gump/errors'
import type { Fields } from '../read/fields.js'
import type { GetCall } from './step-blocks.js'

/** What every step has. */
export interface StepHead {
  readonly name: string
  readonly range: Range
}

/** The rest of a step, its blocks flattened: the fields, and the workflow that `get` calls. */
export interface StepBody {
  readonly fields: Fields
  readonly getCall: GetCall | null
}
