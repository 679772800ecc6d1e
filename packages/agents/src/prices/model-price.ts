import type { TokenPrice } from '../usage/usage-meter.js'

/** Price of a model in USD per million tokens, with where and when it comes from. */
export interface ModelPrice extends TokenPrice {
  /** The data set and its version, or `configuration`. */
  readonly source: string
  /** ISO date of the data. */
  readonly date: string
  /** Tokens the model's context takes, where the data set tells. */
  readonly contextWindow?: number
}
