import { fileURLToPath } from 'node:url'

/** Where the bridge program of this package lies: beside the built module, or in `dist` when the sources run. */
export function bridgePath(): string {
  const here = import.meta.url
  return fileURLToPath(new URL(here.endsWith('.ts') ? '../../dist/acp/main.js' : './acp/main.js', here))
}
