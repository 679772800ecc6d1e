import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gateConformance, type GateFile } from '@gump/gates'
import { afterAll, test } from 'vitest'
import { licenseHeader } from '../src/license-header.js'

const cwd = mkdtempSync(join(tmpdir(), 'license-header-'))
writeFileSync(join(cwd, 'good.ts'), '// SPDX-License-Identifier: Apache-2.0\n')
writeFileSync(join(cwd, 'bad.ts'), 'export {}\n')
symlinkSync('good.ts', join(cwd, 'link.ts'))
afterAll(() => rmSync(cwd, { recursive: true }))

const added = (path: string): readonly GateFile[] => [{ path, status: 'added' }]

const fixtures = [
  { name: 'a file with it', context: { argument: '*.ts', files: added('good.ts') }, expected: 'pass' },
  { name: 'a file without it', context: { argument: '*.ts', files: added('bad.ts') }, expected: 'fail' },
  { name: 'a link', context: { argument: '*.ts', files: added('link.ts') }, expected: 'fail' },
  { name: 'a missing file', context: { argument: '*.ts', files: added('gone.ts') }, expected: 'fail' },
  { name: 'another kind of file', context: { argument: ['*.rs'], files: added('bad.ts') }, expected: 'pass' },
  {
    name: 'an old file',
    context: { argument: '*.ts', files: [{ path: 'bad.ts', status: 'modified' }] },
    expected: 'pass',
  },
] as const

for (const { name, run } of gateConformance(licenseHeader, { cwd, fixtures })) test(name, run)
