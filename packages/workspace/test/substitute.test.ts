import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, expect, test } from 'vitest'

import { substitute } from '../src/worktree/substitute.js'

const made: string[] = []
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true })
})

function folders(): { readonly dir: string; readonly outside: string } {
  const root = mkdtempSync(join(tmpdir(), 'gump-substitute-'))
  made.push(root)
  const dir = join(root, 'worktree')
  const outside = join(root, 'outside')
  mkdirSync(dir)
  mkdirSync(outside)
  writeFileSync(join(outside, 'mine.txt'), 'mine')
  return { dir, outside }
}
const files = (entries: Readonly<Record<string, string | null>>): ReadonlyMap<string, Uint8Array | null> =>
  new Map(Object.entries(entries).map(([path, text]) => [path, text === null ? null : Buffer.from(text)]))

test('puts contents in place, keeps modes, and takes files away', async () => {
  const { dir } = folders()
  writeFileSync(join(dir, 'gradlew'), '#!/bin/sh\nfalse\n', { mode: 0o755 })
  writeFileSync(join(dir, '.npmrc'), 'x')
  await substitute(
    dir,
    files({ gradlew: '#!/bin/sh\n', '.npmrc': null, 'a/b/c.txt': 'c', 'none/d.txt': null }),
  )
  expect(readFileSync(join(dir, 'gradlew'), 'utf8')).toBe('#!/bin/sh\n')
  expect(statSync(join(dir, 'gradlew')).mode & 0o777).toBe(0o755)
  expect(existsSync(join(dir, '.npmrc'))).toBe(false)
  expect(readFileSync(join(dir, 'a/b/c.txt'), 'utf8')).toBe('c')
  expect(existsSync(join(dir, 'none'))).toBe(false)
})

test('a link in the place of a file, or of a folder above it, is replaced and not followed', async () => {
  const { dir, outside } = folders()
  symlinkSync(join(outside, 'mine.txt'), join(dir, 'package.json'))
  symlinkSync(outside, join(dir, 'packages'))
  await substitute(dir, files({ 'package.json': 'new', 'packages/mine.txt': 'new' }))
  expect(readFileSync(join(outside, 'mine.txt'), 'utf8')).toBe('mine')
  expect(lstatSync(join(dir, 'packages')).isSymbolicLink()).toBe(false)
  expect(readFileSync(join(dir, 'packages/mine.txt'), 'utf8')).toBe('new')
})

test('nothing is taken away behind a link', async () => {
  const { dir, outside } = folders()
  symlinkSync(outside, join(dir, 'packages'))
  await substitute(dir, files({ 'packages/mine.txt': null }))
  expect(readFileSync(join(outside, 'mine.txt'), 'utf8')).toBe('mine')
})

test('a hard link is not written through', async () => {
  const { dir, outside } = folders()
  linkSync(join(outside, 'mine.txt'), join(dir, 'conftest.py'))
  await substitute(dir, files({ 'conftest.py': 'new' }))
  expect(readFileSync(join(outside, 'mine.txt'), 'utf8')).toBe('mine')
})

test('a folder in the place of a file makes room', async () => {
  const { dir } = folders()
  mkdirSync(join(dir, 'conftest.py'))
  await substitute(dir, files({ 'conftest.py': 'new' }))
  expect(readFileSync(join(dir, 'conftest.py'), 'utf8')).toBe('new')
})

test.each(['../x', '/x', 'a//b', 'a/../../x', ''])('%j is refused', async (path) => {
  const { dir } = folders()
  await expect(substitute(dir, files({ [path]: 'x' }))).rejects.toMatchObject({ code: 'GUMP-G009' })
})
