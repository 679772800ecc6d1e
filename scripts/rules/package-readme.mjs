import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { workspaces } from '../toolchain/workspaces.mjs'

export const packageReadme = {
  name: 'package-readme',
  why: 'A package is read on its own: its README says what it is for and shows it working.',
  check: (root) =>
    workspaces(root).flatMap(({ dir, manifest }) => {
      const file = `${dir}/README.md`
      if (!existsSync(join(root, file))) return [`${file} is missing`]
      const text = readFileSync(join(root, file), 'utf8')
      return [
        ...(text.includes(manifest.name) ? [] : [`${file}: does not name ${manifest.name}`]),
        ...(text.includes('```') ? [] : [`${file}: has no example`]),
      ]
    }),
}
