import type { CatalogueEntry } from '../catalogue.js'

export type WorkflowCode = 'GUMP-W001'

/** Problems in a workflow file (exit 2). */
export const workflowCodes: Readonly<Record<WorkflowCode, CatalogueEntry>> = {
  'GUMP-W001': { title: 'The file is not YAML', remedy: 'Correct the syntax at the caret.' },
}
