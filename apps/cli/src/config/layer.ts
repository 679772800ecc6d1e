import type { Diagnostic } from '@gump/errors'

import type { KeyPath } from './key-path.js'
import type { ConfigKey } from './keys.js'
import type { ConfigValue } from './value-kind.js'

/** Where a value may come from, weakest first. */
export const sources = ['default', 'user', 'project', 'environment', 'flag'] as const
export type ConfigSource = (typeof sources)[number]

/** One value that one source gives. */
export interface Setting {
  readonly path: KeyPath
  readonly key: ConfigKey
  readonly value: ConfigValue
  readonly source: ConfigSource
  /** For people: `gump.toml:4`, `GUMP_PARALLEL_JOBS`, `--jobs`. */
  readonly where: string
  /** What each source gives, where all of them add up. */
  readonly parts?: readonly Setting[]
}

/** Everything that one source says, and what is wrong with it. */
export interface ConfigLayer {
  readonly settings: readonly Setting[]
  readonly diagnostics: readonly Diagnostic[]
}
