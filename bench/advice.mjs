// What the advice of `gump stats` is worth: on public outcomes of real agents that it has not seen, and in made-up worlds whose truth is known.
// Run after a build: node bench/advice.mjs [--smoke | --small] [--json]
import { measureForecasts } from './advice/forecasts.mjs'
import { measurePublic } from './advice/public.mjs'
import { Shares } from './advice/shares.mjs'
import { measureSimulated } from './advice/simulated.mjs'

const has = (flag) => process.argv.includes(flag)
const amount = has('--smoke')
  ? { splits: 1, repeats: 1, sizes: [3, 20], forecasts: 2 }
  : has('--small')
    ? { splits: 8, repeats: 12, sizes: [3, 20, 100], forecasts: 40 }
    : { splits: 60, repeats: 100, sizes: [3, 10, 20, 50, 100, 300], forecasts: 200 }

const figures = [
  'rate',
  'cost',
  'time',
  'in use: passes',
  'in use: cost',
  'in use: time',
  'recommended: passes',
  'recommended: cost',
  'recommended: time',
  'difference: passes',
  'difference: cost',
  'difference: time',
  'difference: net',
]
const foretold = ['cost P50', 'cost P90', 'time P50', 'time P90'].flatMap((name) => [
  `before: ${name}`,
  `after: ${name}`,
])

const splits = measurePublic(amount)
const worlds = measureSimulated(amount)
const forecasts = measureForecasts({
  repeats: amount.forecasts,
  sizes: amount.sizes.map((size) => Math.max(9, size)),
})

/** Shares over the rows of each kind, and over all. */
function byKind(rows) {
  const kinds = new Map()
  for (const { kind, shares } of rows) {
    for (const name of [kind, 'all']) {
      const sum = kinds.get(name) ?? new Shares()
      sum.take(shares)
      kinds.set(name, sum)
    }
  }
  const all = kinds.get('all')
  kinds.delete('all')
  return [...kinds, ['all', all]]
}

const coverage = byKind(worlds)
const kept = byKind(forecasts.filter(({ size }) => size >= 20))

if (has('--json')) {
  const named = (groups, names) =>
    Object.fromEntries(
      groups.map(([kind, shares]) => [
        kind,
        Object.fromEntries(names.map((name) => [name, shares.share(name)])),
      ]),
    )
  process.stdout.write(
    `${JSON.stringify({
      public: splits,
      coverage: named(coverage, figures),
      worlds: worlds.map((row) => ({ ...row, shares: undefined })),
      forecasts: named(kept, foretold),
    })}\n`,
  )
} else print()

function print() {
  const share = (value) => (value === null || value === undefined ? '–' : `${(value * 100).toFixed(0)} %`)
  const usd = (value) => value.toFixed(2)
  const table = (head, rows) => {
    const lines = [head, head.map((_, n) => (n === 0 ? '---' : '---:')), ...rows]
    return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
  }
  const parts = [
    'Public outcomes: net value of a held-out task in USD (value × passed − cost), and its share of that of the best fixed ladder in hindsight\n',
    table(
      [
        'history',
        'value',
        'in use',
        'pooled rule',
        'advice',
        'by kind of task',
        'best fixed',
        'advice ÷ best',
        'advice ÷ in use',
        'changed',
      ],
      splits.map((row) => [
        row.history,
        `$${row.value}`,
        usd(row.inUse),
        usd(row.pooledRule),
        usd(row.advice),
        usd(row.byKind),
        usd(row.bestFixed),
        `${((100 * row.advice) / row.bestFixed).toFixed(1)} %`,
        `${((100 * row.advice) / row.inUse).toFixed(1)} %`,
        share(row.changed),
      ]),
    ),
    'Simulated worlds: how many intervals of 90 % hold the truth\n',
    table(
      ['figure', ...coverage.map(([kind]) => kind)],
      figures.map((name) => [name, ...coverage.map(([, shares]) => share(shares.share(name)))]),
    ),
    'Simulated worlds: net value of a task in USD\n',
    table(
      ['world', 'runs', 'in use', 'advice', 'best', 'regret', 'against in use', 'changed', 'not enough data'],
      worlds.map((row) => [
        row.kind,
        row.size,
        usd(row.inUse),
        usd(row.advice),
        usd(row.best),
        `${(100 * (1 - row.advice / row.best)).toFixed(1)} %`,
        `${(100 * (row.advice / row.inUse - 1)).toFixed(1)} %`,
        share(row.changed),
        share(row.silent),
      ]),
    ),
    'Forecasts from 20 runs and more: how many held-out runs stayed below\n',
    table(
      ['figure', ...kept.map(([kind]) => kind)],
      foretold.map((name) => [name, ...kept.map(([, shares]) => share(shares.share(name)))]),
    ),
  ]
  process.stdout.write(parts.join('\n'))
}
