import type { GumpError } from '@gump/errors'

/** Why the ledger of a run cannot be read. */
export type LedgerProblemKind = 'missing' | 'damaged' | 'newer' | 'foreign' | 'unreadable'

/** A run that cannot be read, in words. */
export interface LedgerProblem {
  readonly kind: LedgerProblemKind
  /** For a list: `damaged in line 12`. */
  readonly summary: string
  readonly error: GumpError
}

/** What the error of a ledger that could not be read amounts to. */
export function ledgerProblem(error: GumpError): LedgerProblem {
  const { code, data } = error
  switch (code) {
    case 'GUMP-L001':
      return {
        kind: 'damaged',
        summary: typeof data['line'] === 'number' ? `damaged in line ${data['line']}` : 'damaged',
        error,
      }
    case 'GUMP-L008':
      return { kind: 'newer', summary: 'of a newer version of Gump', error }
    case 'GUMP-L011':
      return { kind: 'missing', summary: data['empty'] === true ? 'empty' : 'missing', error }
    case 'GUMP-L012':
      return { kind: 'foreign', summary: `of ${String(data['writer'] ?? 'another program')}`, error }
    default:
      return { kind: 'unreadable', summary: `unreadable (${String(data['errno'] ?? code)})`, error }
  }
}
