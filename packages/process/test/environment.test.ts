import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { environmentFor, findOnPath, secretValues } from '@gump/process'
import { matchesAny } from '../src/environment/name-pattern.js'

const user = {
  PATH: '/bin',
  HOME: '/home/u',
  ANTHROPIC_API_KEY: 'sk-ant-1',
  GITHUB_TOKEN: 'ghp_1',
  GUMP_HOME: '/x',
  GUMP_CONTAINER: 'outer',
  Gump_odd: '1',
  EMPTY: '',
  ABSENT: undefined,
}

describe('environmentFor', () => {
  it('gives agents everything but the variables of Gump itself', () => {
    expect(environmentFor('agent', user, { container: 'c' })).toEqual({
      PATH: '/bin',
      HOME: '/home/u',
      ANTHROPIC_API_KEY: 'sk-ant-1',
      GITHUB_TOKEN: 'ghp_1',
      EMPTY: '',
      GUMP_CONTAINER: 'c',
    })
  })

  it('keeps credentials from gates, by patterns that can be chosen', () => {
    expect(environmentFor('gate', user)).toEqual({ PATH: '/bin', HOME: '/home/u', EMPTY: '' })
    expect(environmentFor('gate', user, { secretPatterns: ['home', '*github*'] })).toEqual({
      PATH: '/bin',
      ANTHROPIC_API_KEY: 'sk-ant-1',
      EMPTY: '',
    })
  })

  it('sends nobody to the repository that the user’s own git was at', () => {
    const hook = { GIT_DIR: '/u/.git', GIT_INDEX_FILE: '/u/.git/index', GIT_WORK_TREE: '/u', GIT_PREFIX: '' }
    const wanted = { GIT_SSH_COMMAND: 'ssh -i k', GIT_CONFIG_COUNT: '0', GIT_AUTHOR_NAME: 'U' }
    for (const kind of ['agent', 'gate'] as const) {
      expect(environmentFor(kind, { ...hook, ...wanted })).toEqual(wanted)
    }
  })

  it('takes any name', () => {
    const odd = JSON.parse('{"__proto__": "x", "constructor": "y"}')
    expect(Object.entries(environmentFor('gate', odd))).toEqual(Object.entries(odd))
  })
})

describe('secretValues', () => {
  it('lists the values of credentials', () => {
    expect(secretValues(user)).toEqual(['sk-ant-1', 'ghp_1'])
    expect(secretValues({ A_TOKEN: '', B_TOKEN: 'x', C_TOKEN: 'x' })).toEqual(['x'])
  })
})

describe('PATH', () => {
  it('keeps only folders that are the same wherever one stands', () => {
    for (const kind of ['agent', 'gate'] as const)
      expect(environmentFor(kind, { PATH: '.::/usr/bin:bin:../x:/bin:' })).toEqual({ PATH: '/usr/bin:/bin' })
    expect(environmentFor('gate', { PATH: '.' })).toEqual({ PATH: '' })
  })
})

describe('name patterns', () => {
  it('agree with the regular expression they stand for', () => {
    const text = fc.string({ unit: fc.constantFrom('A', 'b', '_'), maxLength: 8 })
    const pattern = fc.string({ unit: fc.constantFrom('A', 'b', '_', '*'), maxLength: 6 })
    fc.assert(
      fc.property(text, pattern, (name, glob) => {
        const expected = new RegExp(`^${glob.replaceAll('*', '.*')}$`, 'i').test(name)
        expect(matchesAny(name, [glob])).toBe(expected)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('findOnPath', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gump-path-'))
    await mkdir(join(folder, 'a/folder'), { recursive: true })
    await mkdir(join(folder, 'b'))
    await writeFile(join(folder, 'a/plain'), '')
    await writeFile(join(folder, 'b/plain'), '')
    await chmod(join(folder, 'b/plain'), 0o755)
    await symlink('plain', join(folder, 'b/link'))
    await symlink('nowhere', join(folder, 'b/broken'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('finds the first executable file', () => {
    const env = { PATH: `${folder}/missing:${folder}/a:${folder}/b` }
    expect(findOnPath('plain', env)).toBe(`${folder}/b/plain`)
    expect(findOnPath('link', env)).toBe(`${folder}/b/link`)
    for (const name of ['folder', 'broken', 'other', '', 'pl\0ain'])
      expect(findOnPath(name, env)).toBeUndefined()
    expect(findOnPath('plain', {})).toBeUndefined()
  })

  it('takes a path from the working folder', () => {
    expect(findOnPath('./b/plain', { PATH: '' }, folder)).toBe(`${folder}/b/plain`)
    expect(findOnPath('./a/plain', { PATH: '' }, folder)).toBeUndefined()
    expect(findOnPath(`${folder}/b/plain`, {})).toBe(`${folder}/b/plain`)
  })

  it('passes over entries that depend on the working folder', () => {
    expect(findOnPath('plain', { PATH: `:.:b:` }, join(folder, 'b'))).toBeUndefined()
  })
})
