import { fileURLToPath } from 'node:url'

/** Gump's own packages, which plugins and engine share: they mean those of the Gump that runs, wherever they lie. */
export const sharedPackages = [
  'advice',
  'agents',
  'core',
  'engine',
  'errors',
  'gates',
  'guards',
  'history',
  'ledger',
  'process',
  'report',
  'schema',
  'state',
  'workflows',
  'workspace',
] as const

/** True for a package that a plugin gets from Gump. */
export function isShared(name: string): boolean {
  return name === 'gump' || sharedPackages.some((one) => name === `@gump/${one}`)
}

/** Where the bundle keeps what lets Node find these packages in it. */
export function sharedRoot(): string {
  return fileURLToPath(new URL('./packages', import.meta.url))
}
