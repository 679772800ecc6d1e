import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { pinnedPnpm, pnpm } from './pnpm.mjs'
import { root } from './root.mjs'
import { workspaces } from './workspaces.mjs'

const stampFile = join(root, 'node_modules', '.gump-installed')

/** Changes whenever an installation could come out differently. */
function fingerprint() {
  const hash = createHash('sha256').update(
    `${pinnedPnpm} node ${process.versions.modules} ${process.platform}`,
  )
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', '.npmrc']) {
    hash.update(readFileSync(join(root, file)))
  }
  for (const { path } of workspaces()) hash.update(readFileSync(join(path, 'package.json')))
  return hash.digest('hex')
}

/** True when every package has the folder that an installation gives it. */
function linked() {
  return workspaces().every(
    ({ path, manifest }) =>
      Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length === 0 ||
      existsSync(join(path, 'node_modules')),
  )
}

/** Installs the dependencies from the lockfile, unless the last installation still holds. Returns an exit code. */
export async function install() {
  const wanted = fingerprint()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted && linked()) return 0
  process.stderr.write('Installing dependencies (once; the lockfile decides the versions)…\n')
  const code = await pnpm(
    ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false', '--loglevel=info'],
    {
      toStderr: true,
    },
  )
  if (code === 0) writeFileSync(stampFile, wanted)
  return code
}
