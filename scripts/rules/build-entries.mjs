import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { libraries } from '../toolchain/workspaces.mjs'

/** `src/conformance/index.ts` is built to `./dist/conformance/index.js`. */
const built = (source) => source.replace(/^src\//u, './dist/').replace(/\.ts$/u, '.js')

export const buildEntries = {
  name: 'build-entries',
  why: 'What a package exports is exactly what its build makes.',
  check: (root) =>
    libraries(root).flatMap(({ dir, manifest }) => {
      const config = join(root, dir, 'tsup.config.ts')
      if (!existsSync(config)) return [`${dir}/tsup.config.ts is missing`]
      const made = [...readFileSync(config, 'utf8').matchAll(/'(src\/[^']+\.ts)'/gu)]
        .map(([, source]) => built(source))
        .toSorted()
      const exported = Object.values(manifest.exports)
        .map((entry) => (typeof entry === 'string' ? entry : entry.default))
        .filter((file) => file.endsWith('.js'))
        .toSorted()
      return JSON.stringify(made) === JSON.stringify(exported)
        ? []
        : [`${dir}: exports ${exported.join(', ')} but builds ${made.join(', ')}`]
    }),
}
