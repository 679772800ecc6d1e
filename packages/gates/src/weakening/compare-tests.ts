import { type ChangedText, type Weakening } from './change.js'
import { isTestFile, languageOf } from './languages/index.js'
import type { TestCase } from './test-case.js'

/** A test and the file it stands in. */
interface Placed {
  readonly path: string
  readonly test: TestCase
}

/**
 * What a change did to tests that were there before: removed, skipped, pushed aside by a focused one, emptied, or made
 * to expect something else. A test that moved to another file of the change is the same test.
 */
export function weakenedTests(files: readonly ChangedText[]): readonly Weakening[] {
  const before = files.flatMap(({ path, before: text }) => placedTests(path, text))
  const after = files.flatMap(({ path, after: text }) => placedTests(path, text))
  const left = new Set(after)
  const take = (match: (candidate: Placed) => boolean): Placed | undefined => {
    const found = [...left].find(match)
    if (found !== undefined) left.delete(found)
    return found
  }
  const pairs = before.map((old) => ({
    old,
    now: take(({ path, test }) => path === old.path && test.name === old.test.name),
  }))
  const found: Weakening[] = []
  for (const { old, now } of pairs) {
    const moved = now ?? take(({ test }) => sameTest(test, old.test))
    found.push(...(moved === undefined ? [removed(old)] : changed(old, moved)))
  }
  return [...found, ...newlyFocused(before, after)]
}

/** The tests of a file; null text has none. */
export function placedTests(path: string, text: string | null): readonly Placed[] {
  const language = languageOf(path)
  if (text === null || language === undefined) return []
  if (!isTestFile(path) && language.testsInSources !== true) return []
  return language.cases(text).map((test) => ({ path, test }))
}

/** The same under another group or in another file: by its last name, or by all that it asserts. */
function sameTest(candidate: TestCase, old: TestCase): boolean {
  const last = (name: string): string => name.split(/ > |::/).at(-1) ?? name
  if (last(candidate.name) === last(old.name)) return true
  return old.assertions.length > 0 && old.assertions.join('\n') === candidate.assertions.join('\n')
}

function removed({ path, test }: Placed): Weakening {
  return { kind: 'test removed', path, line: test.line, detail: quoted(test.name), certain: true }
}

function changed({ test: old }: Placed, { path, test: now }: Placed): readonly Weakening[] {
  const at = { path, line: now.line }
  const name = quoted(now.name)
  if (now.skipped && !old.skipped) return [{ kind: 'test skipped', ...at, detail: name, certain: true }]
  if (old.assertions.length > 0 && now.assertions.length === 0)
    return [{ kind: 'test emptied', ...at, detail: `${name} asserts nothing any more`, certain: true }]
  if (now.endsEarly && !old.endsEarly)
    return [{ kind: 'test emptied', ...at, detail: `${name} ends before its first assertion`, certain: true }]
  const found: Weakening[] = []
  if (old.cases !== null && (now.cases ?? 0) < old.cases)
    found.push({
      kind: 'cases removed',
      ...at,
      detail: `${name} had ${String(old.cases)} cases and has ${String(now.cases ?? 0)}`,
      certain: true,
    })
  if (now.catches && !old.catches)
    found.push({ kind: 'expectation changed', ...at, detail: `${name} catches errors now`, certain: false })
  const gone = without(old.assertions, now.assertions)
  const come = without(now.assertions, old.assertions)
  if (gone.length > come.length)
    found.push({
      kind: 'assertions removed',
      ...at,
      detail: `${name} had ${String(old.assertions.length)} assertions and has ${String(now.assertions.length)}`,
      certain: false,
    })
  else if (gone.length > 0)
    found.push({
      kind: 'expectation changed',
      ...at,
      detail: `${name} expected ${quoted(gone[0] ?? '')} and now ${quoted(come[0] ?? '')}`,
      certain: false,
    })
  return found
}

/** A focused test keeps all others from running; it need not have been there before. */
function newlyFocused(before: readonly Placed[], after: readonly Placed[]): readonly Weakening[] {
  const known = new Set(
    before.filter(({ test }) => test.focused).map(({ path, test }) => `${path}\0${test.name}`),
  )
  return after
    .filter(({ path, test }) => test.focused && !known.has(`${path}\0${test.name}`))
    .slice(0, 1)
    .map(({ path, test }) => ({
      kind: 'test focused',
      path,
      line: test.line,
      detail: `only ${quoted(test.name)} runs`,
      certain: true,
    }))
}

function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const rest = [...others]
  return all.filter((one) => {
    const at = rest.indexOf(one)
    if (at === -1) return true
    rest.splice(at, 1)
    return false
  })
}

function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return JSON.stringify(line.length > 100 ? `${line.slice(0, 100)}…` : line)
}
