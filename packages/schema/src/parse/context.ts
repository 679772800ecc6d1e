import type { Dialect } from '../ir.js'
import type { Problems } from '../yaml/problems.js'
import type { SourceText } from '../yaml/source-text.js'
import type { Vocabulary } from './vocabulary.js'

/** What the readers of one file share. */
export interface ParseContext {
  readonly source: SourceText
  readonly problems: Problems
  readonly dialect: Dialect
  readonly vocabulary: Required<Vocabulary>
  /** Texts of prompt files by the path as written. */
  readonly files: Readonly<Record<string, string>>
  /** Why a prompt file has no text. */
  readonly unreadable: Readonly<Record<string, string>>
  /** Names of steps that could not be read: what refers to them is not reported again. */
  readonly broken: Set<string>
  /** Names of all steps that have been met, read or not. */
  readonly met: Set<string>
  /** Steps met so far. */
  steps: number
}
