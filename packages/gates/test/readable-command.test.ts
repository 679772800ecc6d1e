import { expect, it } from 'vitest'

import { readableCommand } from '../src/verdicts/readable-command.js'

it.each([
  ['test -s "${GUMP_V1}".md', { GUMP_V1: 'use' }, 'test -s use.md'],
  [
    'grep "${GUMP_V1}" "src/${GUMP_V2}"',
    { GUMP_V1: 'two words', GUMP_V2: 'a b' },
    'grep "two words" "src/a b"',
  ],
  ['echo "${GUMP_V1}${GUMP_V1_2}"', { GUMP_V1: 'ab', GUMP_V1_2: 'cd' }, 'echo abcd'],
  [
    'echo "${GUMP_V1}" "${HOME}" "${GUMP_V9}"',
    { GUMP_V1: '${GUMP_V9}' },
    'echo "${GUMP_V9}" "${HOME}" "${GUMP_V9}"',
  ],
  ['echo "${GUMP_V1}"', { GUMP_V1: '' }, 'echo ""'],
])('%s reads as %j makes it', (command, env, readable) => {
  expect(readableCommand(command, env)).toBe(readable)
})
