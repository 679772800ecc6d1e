import { expect, test } from 'vitest'

import { parseChanges } from '../src/objects/tree-differ.js'

const zero = '0'.repeat(40)
const one = '1'.repeat(40)

test('raw records are joined with their counts', () => {
  const output = [
    `:000000 100644 ${zero} ${one} A`,
    'new\tfile\n',
    `:100644 100755 ${one} ${one} R097`,
    'old',
    ':name',
    `:100644 120000 ${one} ${zero} T`,
    '-',
    `:100644 000000 ${one} ${zero} D`,
    'gone',
    '3\t0\tnew\tfile\n',
    '1\t2\t',
    'old',
    ':name',
    '-\t-\t-',
    '0\t9\tgone',
    '',
  ].join('\0')
  expect(
    parseChanges(Buffer.from(output)).map(({ path, oldPath, status, insertions, deletions }) => [
      path,
      oldPath,
      status,
      insertions,
      deletions,
    ]),
  ).toEqual([
    ['new\tfile\n', 'new\tfile\n', 'added', 3, 0],
    [':name', 'old', 'renamed', 1, 2],
    ['-', '-', 'type', null, null],
    ['gone', 'gone', 'deleted', 0, 9],
  ])
  expect(parseChanges(Buffer.alloc(0))).toEqual([])
})
