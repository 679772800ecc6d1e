import { fileURLToPath } from 'node:url'

/** Where a program of this package lies: beside the built module, or in `dist` when the sources run. */
export function ownProgram(name: 'acp' | 'follow'): string {
  const here = import.meta.url
  const place = `${name}/main.js`
  return fileURLToPath(new URL(here.endsWith('.ts') ? `../../dist/${place}` : `./${place}`, here))
}
