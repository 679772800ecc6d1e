import type { CatalogueEntry } from '../catalogue.js'

export type LedgerCode = 'GUMP-L001' | 'GUMP-L002' | 'GUMP-L003' | 'GUMP-L004' | 'GUMP-L005' | 'GUMP-L006'

/** Problems with the ledger. */
export const ledgerCodes: Readonly<Record<LedgerCode, CatalogueEntry>> = {
  'GUMP-L001': {
    title: 'A line of the ledger is damaged',
    remedy: 'Restore the file from a backup; the message names the line.',
  },
  'GUMP-L002': {
    title: 'The ledger can not be written',
    remedy: 'Free space or restore write access, then gump run --resume.',
  },
  'GUMP-L003': { title: 'Another process owns the run', remedy: 'Wait for it, or stop it with gump cancel.' },
  'GUMP-L004': {
    title: 'The owner of the run can not be checked from here',
    remedy: 'Use --take-over when you know that it is gone.',
  },
  'GUMP-L005': { title: 'No such run', remedy: 'gump runs lists the runs of this repository.' },
  'GUMP-L006': {
    title: 'More than one run matches',
    remedy: 'Give more of the id; the message lists the candidates.',
  },
}
