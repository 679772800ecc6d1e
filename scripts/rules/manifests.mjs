import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { workspaces } from '../toolchain/workspaces.mjs'

export const manifests = {
  name: 'manifests',
  why: 'Packages agree on licence, module format and Node version, and depend on one another by workspace protocol.',
  check: (root) => {
    const { license, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    return workspaces(root).flatMap(({ dir, manifest }) => {
      const problems = []
      if (manifest.license !== license) problems.push(`license is not ${license}`)
      if (manifest.type !== 'module') problems.push('type is not module')
      if (manifest.engines?.node !== engines.node) problems.push(`engines.node is not ${engines.node}`)
      if (!manifest.description) problems.push('description is missing')
      for (const [name, version] of Object.entries({
        ...manifest.dependencies,
        ...manifest.devDependencies,
      })) {
        const ours = name.startsWith('@gump/') || name === 'gump'
        if (ours && !version.startsWith('workspace:')) problems.push(`${name} is not a workspace dependency`)
        if (!ours && /^[\^~*>]|latest/u.test(version)) problems.push(`${name} ${version} is not pinned`)
      }
      return problems.map((problem) => `${dir}/package.json: ${problem}`)
    })
  },
}
