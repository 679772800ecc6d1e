import { parseJson, valueAt } from '../project/parse-config.js'

/** Reads a line coverage, in percent, from a report file; null when it holds none. */
export type ReportFormat = (text: string) => number | null

/** istanbul's `coverage-summary.json`. */
export const summaryJson: ReportFormat = (text) => {
  const percent = valueAt(parseJson(text), 'total', 'lines', 'pct')
  return typeof percent === 'number' ? percent : null
}

/** LCOV: `LF` lines found and `LH` lines hit of every source file. */
export const lcov: ReportFormat = (text) => ratio(total(text, /^LH:(\d+)$/gm), total(text, /^LF:(\d+)$/gm))

/** Cobertura's XML: the rate of the root element. */
export const cobertura: ReportFormat = (text) => {
  const rate = /<coverage\b[^>]*\bline-rate="([\d.]+)"/.exec(text)?.[1]
  return rate === undefined ? null : Number(rate) * 100
}

/** JaCoCo's XML: its last counter of lines is that of the whole report. */
export const jacocoXml: ReportFormat = (text) => {
  const counter = [...text.matchAll(/<counter type="LINE" missed="(\d+)" covered="(\d+)"\s*\/>/g)].at(-1)
  return counter === undefined ? null : ratio(Number(counter[2]), Number(counter[1]) + Number(counter[2]))
}

/** JaCoCo's CSV: one row for each class. */
export const jacocoCsv: ReportFormat = (text) => {
  const [head, ...rows] = text.split(/\r?\n/).filter((row) => row !== '')
  const columns = head?.split(',') ?? []
  const missed = columns.indexOf('LINE_MISSED')
  const covered = columns.indexOf('LINE_COVERED')
  if (missed === -1 || covered === -1) return null
  const sum = (column: number): number =>
    rows.reduce((all, row) => all + Number(row.split(',')[column] ?? 0), 0)
  return ratio(sum(covered), sum(covered) + sum(missed))
}

/** Where tools write their reports by default. `*` stands for one folder. */
export const reportFiles: readonly (readonly [path: string, format: ReportFormat])[] = [
  ['coverage/coverage-summary.json', summaryJson],
  ['coverage/lcov.info', lcov],
  ['lcov.info', lcov],
  ['coverage.lcov', lcov],
  ['coverage.xml', cobertura],
  ['coverage/cobertura-coverage.xml', cobertura],
  ['TestResults/*/coverage.cobertura.xml', cobertura],
  ['*/TestResults/*/coverage.cobertura.xml', cobertura],
  ['*/*/TestResults/*/coverage.cobertura.xml', cobertura],
  ['target/site/jacoco/jacoco.csv', jacocoCsv],
  ['target/site/jacoco/jacoco.xml', jacocoXml],
  ['build/reports/jacoco/test/jacocoTestReport.xml', jacocoXml],
]

function total(text: string, expression: RegExp): number {
  let sum = 0
  for (const match of text.matchAll(expression)) sum += Number(match[1])
  return sum
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? (100 * part) / whole : null
}
