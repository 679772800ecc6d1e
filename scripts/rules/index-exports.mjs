import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { workspaces } from '../toolchain/workspaces.mjs'

const comment = /\/\*[\s\S]*?\*\/|\/\/.*$/gmu
const named = /export\s+(?:type\s+)?\{[^}]*\}(?:\s*from\s*'[^']+')?;?|export\s+type\s+\*\s+from\s*'[^']+';?/gu

export const indexExports = {
  name: 'index-exports',
  why: 'index.ts lists the public names and does nothing else; importing a package has no effect.',
  check: (root) =>
    workspaces(root)
      .map(({ dir }) => `${dir}/src/index.ts`)
      .filter((file) => existsSync(join(root, file)))
      .flatMap((file) => {
        const rest = readFileSync(join(root, file), 'utf8').replace(comment, '').replace(named, '').trim()
        return rest === '' ? [] : [`${file}: more than named exports: ${rest.split('\n')[0]}`]
      }),
}
