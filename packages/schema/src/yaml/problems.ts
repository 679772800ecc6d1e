import type { Diagnostic, ErrorCode } from '@gump/errors'
import type { SourceText } from './source-text.js'
import type { Span } from './tree.js'

/** What a report may say beside its message. */
export interface ReportDetail {
  readonly severity?: Diagnostic['severity']
  readonly expected?: string
  readonly suggestion?: string | undefined
}

/** Collects the problems of one file; the same problem at the same place (seen through an alias) counts once. */
export class Problems {
  readonly #source: SourceText
  readonly #seen: Set<string> = new Set()
  readonly #found: Diagnostic[] = []

  constructor(source: SourceText) {
    this.#source = source
  }

  report(code: ErrorCode, at: Span, message: string, detail: ReportDetail = {}): void {
    const key = `${code} ${at.start} ${message}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#found.push({
      code,
      severity: detail.severity ?? 'error',
      message,
      file: this.#source.file,
      range: this.#source.range(at),
      ...(detail.expected === undefined ? {} : { expected: detail.expected }),
      ...(detail.suggestion === undefined ? {} : { suggestion: detail.suggestion }),
    })
  }

  get failed(): boolean {
    return this.#found.some((diagnostic) => diagnostic.severity === 'error')
  }

  has(code: ErrorCode): boolean {
    return this.#found.some((diagnostic) => diagnostic.code === code)
  }

  /** In the order of their places. */
  list(): readonly Diagnostic[] {
    return this.#found.toSorted((a, b) => (a.range?.start.offset ?? 0) - (b.range?.start.offset ?? 0))
  }
}
