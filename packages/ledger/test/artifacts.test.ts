import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { artifactPath, atomicWrite, attemptFolder, createArtifactStore, pathSegment } from '@gump/ledger'
import { array, assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from './support/temporary.js'

const id = { step: 'tdd/red', round: 1, attempt: 2, launch: 1 }
const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

describe('artifact paths', () => {
  test('the first launch of the first round is named by its attempt, others in full', () => {
    expect(attemptFolder(id)).toBe('artifacts/tdd/red/2')
    expect(attemptFolder({ ...id, launch: 2 })).toBe('artifacts/tdd/red/1.2.2')
    expect(attemptFolder({ ...id, round: 3 })).toBe('artifacts/tdd/red/3.2.1')
    expect(artifactPath(id, 'gates', 'arch-review.log')).toBe('artifacts/tdd/red/2/gates/arch-review.log')
  })

  test('odd names are encoded', () => {
    expect(artifactPath(id, 'gates', 'bash: make test.log')).toBe(
      'artifacts/tdd/red/2/gates/bash%3A%20make%20test.log',
    )
    expect(artifactPath({ ...id, step: '../../etc' }, 'a/b')).toBe('artifacts/%2E%2E/%2E%2E/etc/2/a%2Fb')
    expect(pathSegment('größe')).toBe('größe')
    expect(pathSegment('')).toBe('%')
    expect(pathSegment('50%')).toBe('50%25')
  })

  test('any text is one legal file name, and different texts differ', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(pathSegment(text)).not.toMatch(/^\.{0,2}$|[/\\\0-\x1f]/)
        expect(Buffer.byteLength(pathSegment(text))).toBeLessThanOrEqual(255)
      }),
    )
    assert(
      property(
        string({ maxLength: 300 }),
        string({ maxLength: 300 }),
        (a, b) => a === b || pathSegment(a) !== pathSegment(b),
      ),
    )
  })

  test('never leave the artifacts folder', () => {
    const text = string({ unit: 'binary' })
    assert(
      property(text, array(text, { minLength: 1 }), (step, names) => {
        const path = artifactPath({ ...id, step }, ...names)
        expect(join('/run', path).startsWith('/run/artifacts/')).toBe(true)
        expect(path.split('/').some((part) => part === '' || part === '.' || part === '..')).toBe(false)
      }),
    )
  })
})

describe('the artifact store', () => {
  test('writes in one step and says where, how much and which', async () => {
    const dir = temporaryFolder()
    const store = createArtifactStore(dir)
    const ref = store.write(artifactPath(id, 'prompt.txt'), 'grüße', { fsync: true })
    expect(ref).toEqual({ path: 'artifacts/tdd/red/2/prompt.txt', sha256: sha256('grüße'), bytes: 7 })
    expect(await store.readText(ref.path)).toBe('grüße')
    expect(await store.refOf(ref.path)).toEqual(ref)
    store.write(ref.path, new Uint8Array([1, 2]))
    expect([...(await store.read(ref.path))]).toEqual([1, 2])
    expect(readdirSync(join(dir, 'artifacts/tdd/red/2'))).toEqual(['prompt.txt'])
  })

  test('hashes a large stream file without reading it whole', async () => {
    const store = createArtifactStore(temporaryFolder())
    const file = store.pathFor(artifactPath(id, 'stream.ndjson'))
    const content = Buffer.alloc(3_000_000, 'line\n')
    writeFileSync(file, content)
    expect(await store.refOf(artifactPath(id, 'stream.ndjson'))).toMatchObject({
      bytes: 3_000_000,
      sha256: sha256(content),
    })
  })

  test.each(['../x', '/etc/passwd', 'a/../../x', '', '.', 'a\0b'])('%j is refused', async (path) => {
    const store = createArtifactStore(temporaryFolder())
    expect(() => store.write(path, '')).toThrow(expect.objectContaining({ code: 'GUMP-L010' }))
    expect(() => store.pathFor(path)).toThrow(expect.objectContaining({ code: 'GUMP-L010' }))
    await expect((async () => store.read(path))()).rejects.toMatchObject({ code: 'GUMP-L010' })
  })

  test('links out of the run folder are refused, and a link in place of a file is replaced', async () => {
    const outside = temporaryFolder()
    writeFileSync(join(outside, 'secret'), 'secret')
    const dir = temporaryFolder()
    const store = createArtifactStore(dir)
    symlinkSync(outside, join(dir, 'artifacts'))
    expect(() => store.write('artifacts/x', '')).toThrow(expect.objectContaining({ code: 'GUMP-L010' }))
    await expect((async () => store.read(`artifacts${sep}secret`))()).rejects.toMatchObject({
      code: 'GUMP-L010',
    })
    mkdirSync(join(dir, 'ok'))
    symlinkSync(join(outside, 'secret'), join(dir, 'ok', 'link'))
    store.write('ok/link', 'mine')
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('secret')
    expect(readdirSync(outside)).toEqual(['secret'])
  })

  test('a failed write leaves the old content and nothing else', () => {
    const dir = temporaryFolder()
    mkdirSync(join(dir, 'folder'))
    writeFileSync(join(dir, 'folder', 'inside'), '')
    expect(() => atomicWrite(join(dir, 'folder'), 'text')).toThrow()
    expect(readdirSync(dir)).toEqual(['folder'])
    expect(() => createArtifactStore(dir).write('folder', 'text')).toThrow(
      expect.objectContaining({ code: 'GUMP-L002' }),
    )
  })
})
