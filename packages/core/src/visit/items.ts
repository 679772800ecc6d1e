import type { Frame } from '../frame.js'

/** What a split or a group repeats over, each with the surroundings of its steps. */
export interface Items {
  readonly list: readonly object[]
  readonly nameAt: (index: number) => string
  readonly frameAt: (index: number) => Frame
}
