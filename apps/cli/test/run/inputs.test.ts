import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { readInputs } from '../../src/run/inputs.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gump-inputs-'))
  await writeFile(join(folder, 'change.patch'), '+a, b = c\n')
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('--set', () => {
  it('keeps commas, equal signs and line ends', async () => {
    expect(await readInputs(['a=b, c', 'd=e=f', 'g=', 'h=1\n2'], folder)).toEqual({
      a: 'b, c',
      d: 'e=f',
      g: '',
      h: '1\n2',
    })
  })

  it('reads files, byte for byte, and lets a literal @ through', async () => {
    expect(await readInputs(['diff=@change.patch', 'who=@@ada'], folder)).toEqual({
      diff: '+a, b = c\n',
      who: '@ada',
    })
  })

  it('takes names that objects have anyway', async () => {
    expect(await readInputs(['constructor=x'], folder)).toEqual({ constructor: 'x' })
  })

  it.each([
    [['novalue'], 'wants NAME=VALUE'],
    [['=x'], 'wants NAME=VALUE'],
    [['a b=x'], 'wants NAME=VALUE'],
    [['a=1', 'a=2'], 'gives "a" twice'],
    [['a=@missing.txt'], 'missing.txt for --set a cannot be read'],
  ])('refuses %j', async (given, message) => {
    await expect(readInputs(given, folder)).rejects.toThrow(message)
  })
})
