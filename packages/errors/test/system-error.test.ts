import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalogue, isSystemError, systemError, toGumpError, whileDoing } from '@gump/errors'
import { expect, test } from 'vitest'

function errno(code: string): Error {
  const number = constants.errno[code as keyof typeof constants.errno]
  return Object.assign(new Error(`${code}: as libuv says it, open '/a/b'`), {
    code,
    errno: -(number ?? 1),
    syscall: 'open',
    path: '/a/b',
  })
}

const known = ['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EISDIR', 'EMFILE']
const others = ['ENFILE', 'ELOOP', 'ENAMETOOLONG', 'EIO', 'EBUSY', 'ENOTEMPTY', 'EXDEV', 'ENOMEM', 'ESTALE']
const unheardOf = ['EOVERFLOW', 'ENOTRECOVERABLE', 'EBADMSG']

test.each([...known, ...others, ...unheardOf])('%s has a code, the place, and a remedy', (code) => {
  const error = toGumpError(errno(code), { doing: 'writing the log' })
  expect(error.code).toMatch(/^GUMP-S\d{3}$/u)
  expect(error.message).toMatch(new RegExp(`^writing the log failed: /a/b: .+ \\(${code}\\)$`, 'u'))
  expect(catalogue[error.code].remedy).not.toBe('')
  expect(error.data).toMatchObject({ errno: code, path: '/a/b' })
})

test('what the system really says is understood', () => {
  const caught: unknown[] = []
  const file = join(tmpdir(), `gump-errors-${process.pid}`)
  writeFileSync(file, '')
  try {
    for (const fail of [
      () => readFileSync(join(file, 'below')),
      () => openSync(join(tmpdir(), 'x'.repeat(300)), 'r'),
      () => mkdirSync(file),
      () => rmSync(tmpdir()),
    ]) {
      try {
        fail()
      } catch (error) {
        caught.push(error)
      }
    }
  } finally {
    rmSync(file)
  }
  expect(caught.map((error) => toGumpError(error).code)).toEqual([
    'GUMP-S005',
    'GUMP-S008',
    'GUMP-S005',
    'GUMP-S005',
  ])
})

test('a mistake in the use of Node is still a mistake in Gump', () => {
  const misuse = Object.assign(new TypeError('no'), { code: 'ERR_INVALID_ARG_TYPE' })
  expect(isSystemError(misuse)).toBe(false)
  expect(toGumpError(misuse).code).toBe('GUMP-R999')
  expect(toGumpError('text').code).toBe('GUMP-R999')
})

test('a caller may have a code and a remedy of its own', () => {
  const error = systemError(errno('EACCES') as Parameters<typeof systemError>[0], {
    code: 'GUMP-L002',
    remedy: 'do this',
  })
  expect(error).toMatchObject({ code: 'GUMP-L002', remedy: 'do this', data: { errno: 'EACCES' } })
})

test('whileDoing tells what the system refused, now or later, and lets the rest pass', async () => {
  const context = { doing: 'reading the spec' }
  const missing = expect.objectContaining({
    code: 'GUMP-S004',
    message: expect.stringMatching(/^reading the spec/u),
  })
  expect(() => whileDoing(context, () => readFileSync('/not/there'))).toThrow(missing)
  await expect(whileDoing(context, () => readFile('/not/there'))).rejects.toEqual(missing)
  expect(() =>
    whileDoing(context, () => {
      throw new RangeError('other')
    }),
  ).toThrow(RangeError)
  expect(whileDoing(context, () => 1)).toBe(1)
})
