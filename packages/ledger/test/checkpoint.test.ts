import { chmodSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readCheckpoint, stampOf, writeCheckpoint } from '@gump/ledger'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from './support/temporary.js'

const kind = { name: 'summary', maker: 'gump 1' }
const content = { workflow: 'tdd', steps: ['a', 'b'] }
/** Longer than what the stamp looks at. */
const text = 'x'.repeat(100_000)

function ledger(): string {
  const file = join(temporaryFolder(), 'manifest.ndjson')
  writeFileSync(file, text)
  const stamp = stampOf(file)
  if (stamp === null) throw new Error('no stamp')
  writeCheckpoint(file, stamp, kind, content)
  return file
}

const kept = (file: string, of = kind): unknown => {
  const stamp = stampOf(file)
  return stamp === null ? null : readCheckpoint(file, stamp, of)
}
const place = (file: string): string => join(dirname(file), 'summary.ndjson')

describe('what is kept beside a ledger', () => {
  test('is found again', () => {
    expect(kept(ledger())).toEqual(content)
  })

  test.each<readonly [string, (file: string) => void]>([
    ['has grown', (file) => writeFileSync(file, '\n', { flag: 'a' })],
    ['was cut', (file) => writeFileSync(file, text.slice(1))],
    ['ends otherwise', (file) => writeFileSync(file, `${text.slice(1)}y`, { flag: 'r+' })],
    ['was changed before its end', (file) => writeFileSync(file, 'y', { flag: 'r+' })],
    [
      'was changed before its end and dated back',
      (file) => {
        const { atime, mtime } = statSync(file)
        writeFileSync(file, 'y', { flag: 'r+' })
        utimesSync(file, atime, mtime)
      },
    ],
    [
      'is another file with the same content',
      (file) => {
        writeFileSync(`${file}.new`, text)
        renameSync(`${file}.new`, file)
      },
    ],
    ['is gone', (file) => rmSync(file)],
  ])('is not taken for a ledger that %s', (_what, change) => {
    const file = ledger()
    change(file)
    expect(kept(file)).toBeNull()
  })

  test('is of its maker alone', () => {
    expect(kept(ledger(), { ...kind, maker: 'gump 2' })).toBeNull()
  })

  test.each<readonly [string, (kept: string) => string]>([
    ['nothing', () => ''],
    ['a part', (json) => json.slice(0, -20)],
    ['something else', () => '[1]'],
    ['no content', () => '{"head":null}'],
    ['another content', (json) => json.replace('tdd', 'bad')],
  ])('is not taken when it is damaged: %s', (_what, change) => {
    const file = ledger()
    writeFileSync(place(file), change(readFileSync(place(file), 'utf8')))
    expect(kept(file)).toBeNull()
  })

  test('may be deleted, and may be impossible to keep', () => {
    const file = ledger()
    rmSync(place(file))
    expect(kept(file)).toBeNull()
    const stamp = stampOf(file)
    if (stamp === null) throw new Error('no stamp')
    const nowhere = join(dirname(file), 'not-there', 'manifest.ndjson')
    expect(() => writeCheckpoint(nowhere, stamp, kind, content)).not.toThrow()
  })

  test('of a ledger that cannot be opened there is none', () => {
    const file = ledger()
    chmodSync(file, 0)
    // Root may read everything.
    if (process.getuid?.() !== 0) expect(stampOf(file)).toBeNull()
    rmSync(file)
    expect(stampOf(file)).toBeNull()
  })
})
