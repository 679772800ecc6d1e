import { remedySentence } from '@gump/errors'
import { expect, test } from 'vitest'

test.each([
  ['a clause', 'commit or stash them', 'Commit or stash them.'],
  ['a sentence', 'Commit or stash them.', 'Commit or stash them.'],
  ['a command at the beginning', 'gump gc removes its folder', 'gump gc removes its folder.'],
  ['a flag at the end', 'commit them, or pass --allow-dirty', 'Commit them, or pass --allow-dirty'],
  ['names at the end', 'use one of: plan, build', 'Use one of: plan, build'],
  ['a question', 'did you mean "build"?', 'Did you mean "build"?'],
  ['a file at the end', 'set test = "…" in gump.toml', 'Set test = "…" in gump.toml.'],
  ['nothing', '', ''],
])('shows %s as a line of its own', (_, remedy, shown) => {
  expect(remedySentence(remedy)).toBe(shown)
})
