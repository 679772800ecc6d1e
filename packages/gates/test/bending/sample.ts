/** A small change as a person could propose it: path → text before and after; null where there is no file. */
export interface Sample {
  readonly what: string
  readonly files: Readonly<Record<string, readonly [before: string | null, after: string | null]>>
  /** Texts of test files that the change leaves alone. */
  readonly others?: readonly string[]
}
