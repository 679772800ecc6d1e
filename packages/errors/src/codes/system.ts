import type { CatalogueEntry } from '../catalogue-entry.js'

export type SystemCode =
  | 'GUMP-S001'
  | 'GUMP-S002'
  | 'GUMP-S003'
  | 'GUMP-S004'
  | 'GUMP-S005'
  | 'GUMP-S006'
  | 'GUMP-S007'
  | 'GUMP-S008'
  | 'GUMP-S009'

/** What the operating system refused to do. */
export const systemCodes: Readonly<Record<SystemCode, CatalogueEntry>> = {
  'GUMP-S001': {
    title: 'The disk is full, or a quota is used up',
    remedy: 'Free space on the file system of the path that the message names, and try again.',
  },
  'GUMP-S002': {
    title: 'Permission denied',
    remedy: 'Give yourself access to the path that the message names, and try again.',
  },
  'GUMP-S003': {
    title: 'The file system is read-only',
    remedy: 'Mount it so that it can be written, or work in a copy that can; then try again.',
  },
  'GUMP-S004': {
    title: 'A file or folder is missing',
    remedy: 'Restore what the message names, and try again.',
  },
  'GUMP-S005': {
    title: 'Something else is where a file or a folder should be',
    remedy: 'Look at the path that the message names, move away what is there, and try again.',
  },
  'GUMP-S006': {
    title: 'A limit of the system is reached',
    remedy: 'Close other programs, or raise the limit (ulimit -n for open files, ulimit -u for processes).',
  },
  'GUMP-S007': {
    title: 'The device failed',
    remedy: 'Check the disk and its cable or network; what was written before is kept.',
  },
  'GUMP-S008': {
    title: 'A name or path is too long for the file system',
    remedy: 'Move the repository to a shorter path, or use shorter names.',
  },
  'GUMP-S009': {
    title: 'The operating system refused something',
    remedy: 'Look at what the message names, and try again.',
  },
}
