/** A flag as completion must know it. */
export interface FlagWords {
  readonly name: string
  readonly char?: string
  readonly summary: string
  /** What its value is, as help calls it; absent when it takes none. */
  readonly value?: string
  /** The only values that it takes. */
  readonly options?: readonly string[]
}

/** An argument as completion must know it. */
export interface ArgumentWords {
  readonly name: string
  readonly options?: readonly string[]
}

/** A command as completion must know it. They are written down when the program is built. */
export interface CommandWords {
  readonly words: readonly string[]
  readonly summary: string
  readonly arguments: readonly ArgumentWords[]
  /** The last argument may be repeated. */
  readonly repeats: boolean
  readonly flags: readonly FlagWords[]
}
