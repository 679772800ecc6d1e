import { fileURLToPath } from 'node:url'

/** The top folder of this repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/u, '')
