import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judgeChanges } from '../../src/judge/judge-changes.js'
import type { ChangedText } from '../../src/weakening/change.js'
import { describeWeakening } from '../../src/weakening/change.js'
import { weakenings } from '../../src/weakening/weakenings.js'
import { bent } from './bent.js'
import { honest } from './honest.js'
import type { Sample } from './sample.js'

function filesOf({ files }: Sample): ChangedText[] {
  return Object.entries(files).map(([path, [before, after]]) => ({ path, before, after }))
}

function noticed(sample: Sample): string[] {
  const files = filesOf(sample)
  return [
    ...weakenings(files, sample.others).map(describeWeakening),
    ...judgeChanges(files).map(({ path, detail }) => `${path}: ${detail}`),
  ]
}

describe('changes that bend their tests', () => {
  it.each(bent)('$what', (sample) => {
    expect(noticed(sample)).not.toEqual([])
  })
})

describe('honest changes are not refused', () => {
  it.each(honest)('$what', (sample) => {
    expect(weakenings(filesOf(sample), sample.others).filter(({ certain }) => certain)).toEqual([])
  })
})

it('tells people about few honest changes', () => {
  const warned = honest.filter((sample) => noticed(sample).length > 0).map(({ what }) => what)
  expect(warned).toMatchInlineSnapshot(`
    [
      "a tighter expectation",
      "a new price changes what is expected",
      "a function called only",
      "a higher coverage is demanded",
      "a lint rule is added (ESLint)",
      "strictness is turned on (TypeScript)",
      "a reporter for tests",
      "a folder more is tested",
      "a test becomes a table (pytest)",
      "a table of cases (Go)",
      "a function and its test (Rust)",
    ]
  `)
})

it('is the score that the documentation tells', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/gates.md'), 'utf8')
  const seen = bent.filter((sample) => noticed(sample).length > 0).length
  const refused = honest.filter((sample) =>
    weakenings(filesOf(sample), sample.others).some(({ certain }) => certain),
  ).length
  const warned = honest.filter((sample) => noticed(sample).length > 0).length
  expect(page).toContain(
    `${String(seen)} of ${String(bent.length)} small changes that bend their tests are noticed. ` +
      `${String(refused)} of ${String(honest.length)} honest ones are refused by \`pass_to_pass\`, and ${String(warned)} lead to a warning.`,
  )
})
