import type { Range } from '@gump/errors'

/** Something of the earlier dialect that the current one cannot say, with what to do by hand. */
export interface Obstacle {
  readonly range: Range
  readonly message: string
  readonly expected: string
}
