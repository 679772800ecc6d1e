import type { CatalogueEntry } from '../catalogue-entry.js'

export type ProcessCode = 'GUMP-X001' | 'GUMP-X002' | 'GUMP-X003' | 'GUMP-X004' | 'GUMP-X005'

/** Problems with processes and the sandbox. */
export const processCodes: Readonly<Record<ProcessCode, CatalogueEntry>> = {
  'GUMP-X001': { title: 'A program could not be started', remedy: 'Check that it is installed and on PATH.' },
  'GUMP-X002': {
    title: 'Processes survived being killed',
    remedy: 'The message names them; end them by hand.',
  },
  'GUMP-X003': {
    title: 'The output of a program cannot be recorded',
    remedy: 'Free space or restore write access at the path the message names; the program was ended.',
  },
  'GUMP-X004': {
    title: 'The containment level asked for is not available',
    remedy: 'Install bubblewrap, or let Gump choose the level.',
  },
  'GUMP-X005': {
    title: 'A sandbox path cannot be used',
    remedy: 'Write whole paths, starting with a slash, and do not hide the root folder.',
  },
}
