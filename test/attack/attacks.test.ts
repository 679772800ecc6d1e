import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const here = (path: string): string => join(import.meta.dirname, path)
const { isRight, kinds, modes, mustOf, resultOf, users } = await import(here('attack.mjs'))
const { loadAttacks } = await import(here('attacks.mjs'))
const { attackTables } = await import(here('../../scripts/docs/attack-table.mjs'))

interface Attack {
  readonly name: string
  readonly file: string
  readonly kind: string
  readonly tries: string
  readonly must: unknown
  readonly users?: readonly string[]
  readonly limit?: string
  readonly open?: string
  readonly run: unknown
}
const attacks: readonly Attack[] = await loadAttacks()

it.each(attacks)('$name says what is tried, and what must be', (attack) => {
  expect(Object.keys(kinds)).toContain(attack.kind)
  expect(attack.tries).toMatch(/^[^A-Z].{10,200}[^.]$/u)
  const musts = modes
    .map((mode: string) => mustOf(attack, mode))
    .filter((must: unknown) => must !== undefined)
  expect(musts.length).toBeGreaterThan(0)
  for (const must of musts) expect(['held', 'noticed', 'limit']).toContain(must)
  expect(attack.limit !== undefined, 'a limit has a sentence').toBe(musts.includes('limit'))
  for (const user of attack.users ?? []) expect(users).toContain(user)
  expect(typeof attack.run).toBe('function')
})

it('have names of their own', () => {
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
})

it('are all in docs/reliability.md', () => {
  const page = readFileSync(here('../../docs/reliability.md'), 'utf8')
  expect(page).toContain(attackTables(attacks))
})

it('are judged by what they get, and whether anybody was warned', () => {
  const results = [{ got: null }, { got: 'x', told: true }, { got: 'x' }].map(resultOf)
  expect(results).toEqual(['held', 'noticed', 'through'])
  const right = (must: string): readonly boolean[] => results.map((result) => isRight(must, result))
  expect(right('held')).toEqual([true, false, false])
  expect(right('noticed')).toEqual([true, true, false])
  // A limit that is none any more is a page to correct.
  expect(right('limit')).toEqual([false, true, true])
})
