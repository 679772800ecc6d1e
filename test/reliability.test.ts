import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const docs = join(import.meta.dirname, '..', 'docs')
const page = readFileSync(join(docs, 'reliability.md'), 'utf8')
const rows = page
  .split('## How fast')[0]!
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (fault|from|what|---)/u.test(line))

/** Links to a test: its title, and the file that it is in. */
function testsIn(text: string): readonly { readonly title: string; readonly file: string }[] {
  return [...text.matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/gu)].map(([, title = '', file = '']) => ({
    title,
    file,
  }))
}

it('every fault in docs/reliability.md names a test', () => {
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter((row) => testsIn(row).length === 0)).toEqual([])
})

it('every test that docs/reliability.md names exists', () => {
  const missing = rows.flatMap(testsIn).filter(({ title, file }) => {
    const path = join(docs, file)
    if (!existsSync(path)) return true
    const source = readFileSync(path, 'utf8')
    return !["'", '"', '`'].some((quote) => source.includes(`${quote}${title}`))
  })
  expect(missing).toEqual([])
})
