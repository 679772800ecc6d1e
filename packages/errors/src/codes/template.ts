import type { CatalogueEntry } from '../catalogue-entry.js'

export type TemplateCode =
  | 'GUMP-T001'
  | 'GUMP-T002'
  | 'GUMP-T003'
  | 'GUMP-T004'
  | 'GUMP-T005'
  | 'GUMP-T006'
  | 'GUMP-T007'
  | 'GUMP-T008'

/** Problems in templates and variables (exit 2). */
export const templateCodes: Readonly<Record<TemplateCode, CatalogueEntry>> = {
  'GUMP-T001': {
    title: 'Unknown variable',
    remedy: 'Use a variable that is in scope; the message lists the closest.',
  },
  'GUMP-T002': { title: 'Ambiguous variable', remedy: 'Write the qualified path of the step you mean.' },
  'GUMP-T003': {
    title: 'Missing input',
    remedy: 'Give it with --set name=value, or write {{name}} for literal braces.',
  },
  'GUMP-T004': {
    title: 'Variable inside single quotes of a shell command',
    remedy: 'Use double quotes; no expansion is possible between single quotes.',
  },
  'GUMP-T005': {
    title: 'Variable where a shell command takes no data',
    remedy: 'Move the variable to a place where a quoted expansion is possible; the message says how.',
  },
  'GUMP-T006': {
    title: 'Value that no shell command can carry',
    remedy: 'Read the value from a file; environments hold no NUL and less than a megabyte.',
  },
  'GUMP-T007': {
    title: 'Variable that is always empty',
    remedy: 'Name a step that runs before, or let a retry come back: restart_from, or a group with retry.',
  },
  'GUMP-T008': {
    title: 'Variable that is escaped',
    remedy: 'Write single braces for the value; doubled braces are for text with braces.',
  },
}
