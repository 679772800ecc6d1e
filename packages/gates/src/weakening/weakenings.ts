import { escapeControl } from '@gump/errors'
import type { ChangedText, Weakening } from './change.js'
import { weakenedTests } from './compare-tests.js'
import { isTestFile } from './languages/index.js'
import { loosenedSettings } from './loosened-settings.js'
import { suspiciousSources } from './sources.js'

/** Rows of one kind in one file that are listed; more are counted. */
const PER_KIND = 5

/**
 * Everything in a change that makes its tests say less than before, from the text alone: certain ones first.
 *
 * @param files - all changed files.
 * @param others - texts of test files that the change leaves alone; answers that the code hard-codes are looked for
 * there, too.
 *
 * @example
 * ```ts
 * weakenings([{ path: 'a.test.js', before: "it('adds', () => { expect(add(1, 2)).toBe(3) })", after: "it.skip('adds', …)" }])
 * // [{ kind: 'test skipped', path: 'a.test.js', line: 1, detail: '"adds"', certain: true }]
 * ```
 */
export function weakenings(
  files: readonly ChangedText[],
  others: readonly string[] = [],
): readonly Weakening[] {
  const testTexts = files.flatMap(({ path, after }) => (isTestFile(path) && after !== null ? [after] : []))
  const found = [
    ...weakenedTests(files),
    ...loosenedSettings(files),
    ...suspiciousSources(files, [...testTexts, ...others]),
  ]
  const counts = new Map<string, number>()
  return found
    .filter(({ kind, path }) => {
      const key = `${kind}\0${path}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
      return (counts.get(key) ?? 0) <= PER_KIND
    })
    .map((one) => ({ ...one, path: escapeControl(one.path), detail: escapeControl(one.detail) }))
    .toSorted((a, b) => Number(b.certain) - Number(a.certain))
}
