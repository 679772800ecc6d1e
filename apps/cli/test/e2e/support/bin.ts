import { fileURLToPath } from 'node:url'

/** The program itself, as `npm` would link it. */
export const bin: string = fileURLToPath(new URL('../../../bin/gump.js', import.meta.url))
