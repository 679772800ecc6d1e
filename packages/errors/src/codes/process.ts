import type { CatalogueEntry } from '../catalogue.js'

export type ProcessCode = 'GUMP-X001' | 'GUMP-X002'

/** Problems with processes and the sandbox. */
export const processCodes: Readonly<Record<ProcessCode, CatalogueEntry>> = {
  'GUMP-X001': { title: 'A program could not be started', remedy: 'Check that it is installed and on PATH.' },
  'GUMP-X002': {
    title: 'Processes survived being killed',
    remedy: 'The message names them; end them by hand.',
  },
}
