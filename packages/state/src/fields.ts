/** Fields that every step may have in the bag; beside them `gate.*`, `state.*` and `prev.*`. */
export const stepFields: readonly string[] = [
  'output',
  'diff',
  'files',
  'comments',
  'agent',
  'session_id',
  'status',
  'attempt',
  'retries',
  'duration',
  'cost',
  'turns',
  'tokens_in',
  'tokens_out',
  'cache_read',
  'cache_write',
]

/** Step names that would hide a variable. */
export const reservedNames: readonly string[] = [
  'spec',
  'task',
  'item',
  'prev',
  'gate',
  'error',
  'diff',
  'attempt',
  'run',
]

/** Variables that the engine provides everywhere; empty where they make no sense yet. */
export const builtinVariables: readonly string[] = ['spec', 'error', 'diff', 'attempt', 'run.id', 'run.cost']

/** Built-in names that an input of the workflow takes over. */
export const shadowableVariables: readonly string[] = ['spec', 'diff', 'error']
