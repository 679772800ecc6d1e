import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from '../toolchain/root.mjs'

const folder = join(root, 'packages/gates/test/detection/shapes')
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
const code = (text) => (text === null ? '–' : `\`${cell(text.replaceAll('\n', ' '))}\``)

/** One row for each repository shape that the tests of detection know. */
export function detectionTable() {
  const shapes = readdirSync(folder)
    .toSorted()
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
  const rows = shapes.map(({ like, ci, expect }) => {
    const lists = expect.tests_found === null ? '–' : expect.tests_found.join(', ')
    const notes = [
      ...(expect.unchecked ?? []),
      ...(expect.why_no_test === undefined ? [] : [expect.why_no_test]),
    ]
    return `| ${cell(like)} | ${cell(ci)} | ${code(expect.compile)} | ${code(expect.test)} | ${code(expect.lint)} | ${lists} | ${cell(notes.join('; '))} |`
  })
  return [
    '| repository | its own CI | `compile` | `test` | `lint` | tests are listed by | what is said |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}
