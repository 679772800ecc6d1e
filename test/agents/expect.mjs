import assert from 'node:assert/strict'

const of = (events, type) => events.filter((event) => event.type === type)

/** Events of one type, in order. */
export const eventsOf = of

/** The only event of a type. */
export function only(events, type) {
  const found = of(events, type)
  assert.equal(found.length, 1, `one ${type} was expected, not ${found.length}: ${JSON.stringify(found)}`)
  return found[0]
}

/** gump ended with this code. */
export function expectCode(ended, code) {
  if (ended.code === code) return
  // Of the ledger's events, those that tell why.
  const told = ended.stdout.split('\n').filter((line) => /"(?:message|reason|error)":/u.test(line))
  assert.fail(
    `exit code ${ended.code} and not ${code}\n${tail(told.join('\n'))}\n${tail(ended.stderr)}`.trimEnd(),
  )
}

/** The run ended like this, by its ledger. */
export function expectStatus(events, status) {
  assert.equal(of(events, 'run_completed').at(-1)?.status, status, 'status of the run')
}

/**
 * What a launch used is what the model said that these turns use.
 *
 * @param {{ usage: { tokens: object } }} event
 * @param {readonly { usage: object }[]} turns
 */
export function expectTokens(event, turns) {
  const sum = (key) => turns.reduce((total, { usage }) => total + (usage[key] ?? 0), 0)
  const expected = {
    input: sum('input'),
    output: sum('output'),
    cache_read: sum('cacheRead'),
    cache_write: sum('cacheWrite'),
  }
  assert.deepEqual(event.usage.tokens, expected, 'tokens of the launch')
}

/** Nothing that gump started is still there. */
export function expectNothingLeft(world) {
  assert.deepEqual(world.leftBehind(), [], 'processes left behind')
}

function tail(text) {
  return text.slice(-3000)
}
