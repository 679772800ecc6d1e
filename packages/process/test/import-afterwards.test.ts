import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bundle } from './support/bundle.js'
import { fixture } from './support/containers.js'

it('making pipes does not keep Node from importing what lies behind a symbolic link', async () => {
  const built = await bundle()
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gump-import-')))
  mkdirSync(join(folder, 'real'))
  symlinkSync('real', join(folder, 'link'))
  writeFileSync(join(folder, 'before.mjs'), '')
  writeFileSync(join(folder, 'real/after.mjs'), 'export const place = import.meta.url\n')
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [fixture('import-afterwards.mjs'), built.file, folder],
    { encoding: 'utf8' },
  )
  for (const made of [built.folder, folder]) rmSync(made, { recursive: true })
  expect([stdout, stderr]).toEqual([`file://${folder}/real/after.mjs\n`, ''])
})
