import type { ErrorCode } from './catalogue.js'
import type { Diagnostic } from './diagnostic.js'

/** What a {@link GumpError} carries beside its message. */
export interface GumpErrorOptions {
  /** Structured facts for programs: names, paths, limits. Plain JSON. */
  readonly data?: Readonly<Record<string, unknown>>
  /** One sentence that tells the reader what to do now. */
  readonly remedy?: string
  /** Located problems, for errors about a file the user wrote. */
  readonly diagnostics?: readonly Diagnostic[]
  readonly cause?: unknown
}

/**
 * The one error type that Gump's libraries throw on purpose. Branch on {@link GumpError.code}, never on the text.
 *
 * @example
 * ```ts
 * throw new GumpError('GUMP-P003', 'the working tree has uncommitted changes', {
 *   data: { files: ['src/a.ts'] },
 *   remedy: 'commit or stash them, or pass --allow-dirty',
 * })
 * ```
 */
export class GumpError extends Error {
  override readonly name = 'GumpError'
  readonly code: ErrorCode
  readonly data: Readonly<Record<string, unknown>>
  readonly remedy: string | undefined
  readonly diagnostics: readonly Diagnostic[]

  constructor(code: ErrorCode, message: string, options: GumpErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.data = options.data ?? {}
    this.remedy = options.remedy
    this.diagnostics = options.diagnostics ?? []
  }
}

/** True for a {@link GumpError}, also one thrown by another copy of this package. */
export function isGumpError(error: unknown): error is GumpError {
  return error instanceof Error && error.name === 'GumpError' && 'code' in error
}
