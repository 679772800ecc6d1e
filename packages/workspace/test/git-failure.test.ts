import { expect, it } from 'vitest'

import { gitFailed } from '../src/git/git-failure.js'

it.each([
  ["fatal: Unable to create '/r/.git/index.lock': No space left on device", 'GUMP-S001'],
  ['error: unable to create temporary file: Read-only file system', 'GUMP-S003'],
  ['error: insufficient permission for adding an object to repository database .git/objects', 'GUMP-S002'],
  ["fatal: could not open '.git/HEAD': Too many open files", 'GUMP-S006'],
  ['fatal: not a valid object name main', 'GUMP-G001'],
])('says what kind of failure git tells of: %s', (stderr, code) => {
  const error = gitFailed(['write-tree'], { code: 128, stderr: `${stderr}\n` })
  expect([error.code, error.message]).toEqual([code, `git write-tree failed: ${stderr}`])
  expect(error.remedy).not.toBe('')
})
