import { casesOf } from '@gump/advice'
import { expect, test } from 'vitest'
import { chain, runOf } from './support/made.js'

const seen = (records: Parameters<typeof casesOf>[0]) =>
  casesOf(records).cases.map(
    ({ failed, agent, passed }) => `${failed.join(',')}>${agent}${passed ? '+' : ''}`,
  )

test('a try stands beside what had failed before it', () => {
  expect(seen([runOf(1, [chain('a a b+')])])).toEqual(['>a', 'a>a', 'a,a>b+'])
})

test('runs that are not over do not count, and are named', () => {
  const cases = casesOf([
    runOf(1, [chain('a+')], { status: 'open' }),
    runOf(2, [chain('b+')], { status: 'failed' }),
  ])
  expect([cases.cases.length, cases.openRuns, cases.runs]).toEqual([1, 1, ['run-0002']])
})

test('a replay counts for what it did itself', () => {
  const taken = chain('a b+')
  const [first, second] = taken.tries
  expect(seen([runOf(1, [{ ...taken, tries: [{ ...first!, recalled: true }, second!] }])])).toEqual(['a>b+'])
})

test('a try that was interrupted is none', () => {
  const taken = chain('a b+')
  const [first, second] = taken.tries
  expect(seen([runOf(1, [{ ...taken, tries: [{ ...first!, passed: null }, second!] }])])).toEqual(['>b+'])
})

test('a change of model starts over, for the agent and for what followed it', () => {
  const with_ = (model: string, tries: string) => {
    const made = chain(tries)
    return { ...made, tries: made.tries.map((one) => (one.agent === 'a' ? { ...one, model } : one)) }
  }
  const records = [
    runOf(1, [with_('old', 'a b+'), with_('old', 'b+')]),
    runOf(2, [with_('new', 'a+'), with_('new', 'a b')]),
  ]
  expect(seen(records)).toEqual(['>b+', '>a+', '>a', 'a>b'])
  expect(casesOf(records).otherModel).toHaveLength(2)
})
