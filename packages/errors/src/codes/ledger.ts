import type { CatalogueEntry } from '../catalogue-entry.js'

export type LedgerCode =
  | 'GUMP-L001'
  | 'GUMP-L002'
  | 'GUMP-L003'
  | 'GUMP-L004'
  | 'GUMP-L005'
  | 'GUMP-L006'
  | 'GUMP-L007'
  | 'GUMP-L008'
  | 'GUMP-L009'
  | 'GUMP-L010'
  | 'GUMP-L011'
  | 'GUMP-L012'
  | 'GUMP-L013'
  | 'GUMP-L014'

/** Problems with the ledger. */
export const ledgerCodes: Readonly<Record<LedgerCode, CatalogueEntry>> = {
  'GUMP-L001': {
    title: 'A line of the ledger is damaged',
    remedy: 'Restore the file from a backup; the message names the line.',
  },
  'GUMP-L002': {
    title: 'The ledger cannot be written',
    remedy: 'Free space or restore write access, then gump run --resume.',
  },
  'GUMP-L003': { title: 'Another process owns the run', remedy: 'Wait for it, or stop it with gump cancel.' },
  'GUMP-L004': {
    title: 'The owner of the run cannot be checked from here',
    remedy: 'Use --take-over when you know that it is gone.',
  },
  'GUMP-L005': { title: 'No such run', remedy: 'gump runs lists the runs of this repository.' },
  'GUMP-L006': {
    title: 'More than one run matches',
    remedy: 'Give more of the id; the message lists the candidates.',
  },
  'GUMP-L007': {
    title: 'The last line of the ledger was incomplete and has been cut off',
    remedy: 'Nothing to do: the process died while writing it, and the run repeats what the line was about.',
  },
  'GUMP-L008': {
    title: 'The ledger was written by a newer version of Gump',
    remedy: 'Read it with that version, or a newer one.',
  },
  'GUMP-L009': {
    title: 'Another process wrote to the ledger of this run',
    remedy: 'Stop the other process, then gump run --resume.',
  },
  'GUMP-L010': {
    title: 'A path would leave the folder of the run',
    remedy: 'Look for a symbolic link inside the run folder and remove it.',
  },
  'GUMP-L011': {
    title: 'The ledger of the run is missing or empty',
    remedy:
      'Restore manifest.ndjson from a backup. The commits of the run are still on its branch; gump gc asks before it removes anything.',
  },
  'GUMP-L012': {
    title: 'The ledger was written by another program',
    remedy:
      'Read it with the program that wrote it. Its branch can be merged with git; gump gc asks before it removes anything.',
  },
  'GUMP-L013': {
    title: 'The folder of a running run was removed or replaced',
    remedy:
      'What had passed is on the branch of the run: merge it with git, or start the run again. gump status lists the branch.',
  },
  'GUMP-L014': {
    title: 'A stored file of the run is missing or damaged',
    remedy: 'Restore the file from a backup, or start the run again.',
  },
}
