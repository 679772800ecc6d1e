import { readFileSync, writeFileSync } from 'node:fs'

const begin = '<!-- figures: pnpm test:agents --write -->'
const end = '<!-- end of figures -->'
const columns = [
  'program',
  'version',
  'exact in',
  'tokens sent',
  'counted',
  'most wrong',
  'cost sent',
  'counted',
  'most wrong',
  '"at least" in',
  'told nothing in',
]

/**
 * What was counted, program by program, against what the model told. Sums are of the cases whose figures claim to be
 * exact; `most wrong` is the worst of those cases.
 *
 * @param {readonly import('./programs/program.mjs').Program[]} programs
 * @param {readonly { program: string, figures?: import('./figures.mjs').Figures }[]} results
 */
export function summaryRows(programs, results) {
  return programs.flatMap(({ name, version }) => {
    const all = results.flatMap(({ program, figures }) => (program === name && figures ? [figures] : []))
    if (all.length === 0) return []
    const exact = all.filter(({ atLeast, countedTokens }) => !atLeast && countedTokens !== null)
    const sum = (of, show = String) =>
      exact.length === 0 ? '–' : show(exact.reduce((total, figures) => total + of(figures), 0))
    return [
      [
        name,
        version,
        String(exact.length),
        sum(({ sentTokens }) => sentTokens.most),
        sum(({ countedTokens }) => countedTokens),
        worst(exact.map(({ tokenError }) => tokenError)),
        sum(({ sentUsd }) => sentUsd.most, dollars),
        sum(({ countedUsd }) => countedUsd ?? 0, dollars),
        worst(exact.map(({ costError }) => costError)),
        String(all.filter(({ atLeast }) => atLeast).length),
        String(all.filter(({ atLeast, countedTokens }) => !atLeast && countedTokens === null).length),
      ],
    ]
  })
}

/** The rows as lines of text. */
export function plainSummary(rows) {
  const table = [columns, ...rows]
  const widths = columns.map((_, index) => Math.max(...table.map((row) => row[index].length)))
  return table
    .map((row) => row.map((cell, index) => cell.padEnd(widths[index])).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

/** Puts the rows into a page, between its two marks. */
export function writeSummary(file, rows) {
  const page = readFileSync(file, 'utf8')
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`${file} has no place for the figures`)
  const lines = [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`)
  writeFileSync(file, `${page.slice(0, from)}${begin}\n\n${lines.join('\n')}\n\n${page.slice(to)}`)
}

function worst(errors) {
  const told = errors.filter((error) => error !== null)
  return told.length === 0 ? '–' : `${Math.max(...told).toFixed(2)}%`
}

function dollars(amount) {
  return `$${amount.toFixed(4)}`
}
