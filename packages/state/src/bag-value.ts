/** A value that is too large to be carried around: its bytes are in an artifact of the run. */
export interface BagReference {
  readonly kind: 'artifact'
  /** Relative to the run's folder. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

/** A value of the state bag: a text, or a reference to a longer one that is kept as an artifact. */
export type BagValue = string | BagReference

/** Values over this many UTF-8 bytes belong into an artifact. */
export const maxInlineBytes: number = 64 * 1024
