import type { CatalogueEntry } from '../catalogue-entry.js'

export type RunCode =
  | 'GUMP-R001'
  | 'GUMP-R002'
  | 'GUMP-R003'
  | 'GUMP-R004'
  | 'GUMP-R005'
  | 'GUMP-R010'
  | 'GUMP-R011'
  | 'GUMP-R012'
  | 'GUMP-R014'
  | 'GUMP-R999'

/** Problems with the use of a run or of the engine. */
export const runCodes: Readonly<Record<RunCode, CatalogueEntry>> = {
  'GUMP-R001': {
    title: 'The run cannot be resumed',
    remedy: 'Only failed, interrupted, paused, parked and cancelled runs resume.',
  },
  'GUMP-R002': { title: 'No such step', remedy: 'Use one of the steps the message lists.' },
  'GUMP-R003': { title: 'A gate has no command to run', remedy: 'Set it under [gates] in gump.toml.' },
  'GUMP-R004': {
    title: 'The worktree could not be set up',
    remedy: 'Correct [worktree] setup, then gump run --resume.',
  },
  'GUMP-R005': { title: 'The run is not in progress', remedy: 'gump runs shows how it ended.' },
  'GUMP-R010': {
    title: 'The name of a gate is not legal',
    remedy: 'Use lower case words joined by hyphens or underscores, and no reserved name.',
  },
  'GUMP-R011': {
    title: 'A glob is not legal or takes too long to match',
    remedy: 'Write a simpler glob.',
  },
  'GUMP-R012': {
    title: 'A program that a gate needs is not installed',
    remedy: 'Install it, or set another command under [gates] in gump.toml.',
  },
  'GUMP-R014': {
    title: 'A part of the repository is not checked',
    remedy: 'Set a command for all of it under [gates] in gump.toml.',
  },
  'GUMP-R999': { title: 'Internal error', remedy: 'Please report it with the ledger of the run.' },
}
