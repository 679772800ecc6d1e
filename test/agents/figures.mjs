import assert from 'node:assert/strict'

/** What the models cost that only this test knows, as `[pricing]` of its user has it. */
export const madeUpPrices = { 'fake-1': { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 } }

const classes = ['input', 'output', 'cacheRead', 'cacheWrite']
const ledgerNames = { input: 'input', output: 'output', cacheRead: 'cache_read', cacheWrite: 'cache_write' }
const mostPercent = 1

/**
 * What a run counted, against what the model told. An answer that broke off may have been seen or not: `most` has it,
 * `least` does not.
 *
 * @typedef {object} Figures
 * @property {{ least: number, most: number }} sentTokens
 * @property {{ least: number, most: number }} sentUsd
 * @property {number | null} countedTokens null: the program tells none
 * @property {number | null} countedUsd null: unpriced
 * @property {number | null} tokenError in percent of what was sent; by class, so that one may not stand for another
 * @property {number | null} costError
 * @property {boolean} atLeast
 *
 * @param {readonly object[]} answers
 * @param {readonly object[]} events
 * @param {(model: string) => Record<string, number> | null} priceOf
 * @returns {Figures}
 */
export function figuresOf(answers, events, priceOf) {
  const { usage } = events.findLast(({ type }) => type === 'run_completed')
  const whole = answers.filter((answer) => answer.whole)
  const least = sums(whole)
  const most = sums(answers)
  const counted = Object.fromEntries(classes.map((name) => [name, usage.tokens[ledgerNames[name]]]))
  const isUntold = total(counted) === 0
  const off = classes.reduce((sum, name) => sum + outside(counted[name], least[name], most[name]), 0)
  const sentUsd = { least: costOf(whole, priceOf), most: costOf(answers, priceOf) }
  const countedUsd = usage.cost_source === 'unpriced' ? null : usage.cost_usd
  return {
    sentTokens: { least: total(least), most: total(most) },
    sentUsd,
    countedTokens: isUntold ? null : total(counted),
    countedUsd,
    tokenError: isUntold ? null : percent(off, total(most)),
    costError:
      countedUsd === null ? null : percent(outside(countedUsd, sentUsd.least, sentUsd.most), sentUsd.most),
    atLeast: usage.at_least === true,
  }
}

/** A figure is right, says that it is too low, or is not told at all. */
export function expectFigures(figures) {
  const { sentUsd, sentTokens, countedUsd, countedTokens, tokenError, costError, atLeast } = figures
  const shown = JSON.stringify(figures)
  if (!atLeast) {
    assert.ok(tokenError === null || tokenError <= mostPercent, `tokens: ${shown}`)
    assert.ok(costError === null || costError <= mostPercent, `cost: ${shown}`)
    return
  }
  const bound = 1 + mostPercent / 100
  assert.ok((countedTokens ?? 0) <= sentTokens.most * bound, `at least so many tokens is too many: ${shown}`)
  assert.ok((countedUsd ?? 0) <= sentUsd.most * bound, `at least so much is too much: ${shown}`)
}

function sums(answers) {
  return Object.fromEntries(
    classes.map((name) => [name, answers.reduce((sum, { usage }) => sum + usage[name], 0)]),
  )
}

function total(tokens) {
  return classes.reduce((sum, name) => sum + tokens[name], 0)
}

function costOf(answers, priceOf) {
  return answers.reduce((sum, { model, usage }) => {
    const price = priceOf(model)
    assert.ok(price !== null, `nobody knows what ${model} costs`)
    return sum + classes.reduce((part, name) => part + usage[name] * price[name], 0) / 1e6
  }, 0)
}

function outside(value, least, most) {
  return Math.max(0, least - value, value - most)
}

function percent(part, whole) {
  if (whole === 0) return part === 0 ? 0 : 100
  return (part / whole) * 100
}
