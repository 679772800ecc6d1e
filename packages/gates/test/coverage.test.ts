import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { coverageFromReports, reportState } from '../src/measuring/fresh-reports.js'
import { coverageFromOutput } from '../src/measuring/output-formats.js'
import { cobertura, jacocoCsv, jacocoXml, lcov, summaryJson } from '../src/measuring/report-formats.js'

const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url))
const read = (path: string): string => readFileSync(`${fixtures}/${path}`, 'utf8')

describe('coverageFromOutput', () => {
  it.each([
    ['runners/jest/coverage.1.txt', 50],
    ['runners/jest/coverage-table.1.txt', 50],
    ['runners/mocha/coverage.0.txt', 50],
    ['runners/mocha/coverage-table.0.txt', 50],
    ['runners/node-test/coverage-20.1.txt', 77.78],
    ['runners/node-test/coverage-spec-20.1.txt', 77.78],
    ['runners/node-test/coverage-24.1.txt', 50],
    ['runners/go/coverage.0.txt', 50],
    ['runners/go/coverage-packages.0.txt', 50],
    ['runners/exunit/coverage.3.txt', 50],
    ['coverage-reports/pytest-cov.txt', 86],
    ['coverage-reports/llvm-cov.txt', 70],
    ['coverage-reports/tarpaulin.txt', 85.71],
    ['coverage-reports/simplecov.txt', 85.71],
    ['coverage-reports/phpunit.txt', 66.67],
    ['coverage-reports/bun.txt', 66.67],
  ])('reads %s', (path, percent) => {
    expect(coverageFromOutput(read(path))).toBe(percent)
  })

  it.each([
    ['runners/mocha/coverage-nyc.0.txt'],
    ['runners/jest/failing.1.txt'],
    ['runners/go/passing.0.txt'],
    ['runners/pytest/passing.0.txt'],
  ])('finds none in %s', (path) => {
    expect(coverageFromOutput(read(path))).toBeNull()
  })

  it('takes the last sum, because tests may print one too', () => {
    expect(coverageFromOutput('Lines : 100% ( 1/1 )\nLines        : 12.5% ( 1/8 )\n')).toBe(12.5)
  })

  it('is a percentage or nothing, whatever is printed', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom('TOTAL', 'Lines', ' : ', '%', ' 12', '\n', 'All files', ' | '),
            fc.string(),
          ),
        ),
        (parts) => {
          const percent = coverageFromOutput(parts.join(''))
          if (percent !== null) expect(percent >= 0 && percent <= 100).toBe(true)
        },
      ),
    )
  })
})

describe('report formats', () => {
  it('read what tools write', () => {
    expect(summaryJson(read('coverage-reports/coverage-summary.json'))).toBe(85.71)
    expect(lcov(read('coverage-reports/lcov.info'))).toBe(50)
    expect(cobertura(read('coverage-reports/cobertura.xml'))).toBeCloseTo(85.71)
    expect(jacocoXml(read('coverage-reports/jacoco.xml'))).toBe(75)
    expect(jacocoCsv(read('coverage-reports/jacoco.csv'))).toBe(87.5)
  })

  it('find nothing in anything else', () => {
    for (const format of [summaryJson, lcov, cobertura, jacocoXml, jacocoCsv]) {
      expect(format('')).toBeNull()
      expect(format('{"total": {"lines": {"pct": "Unknown"}}}')).toBeNull()
    }
  })
})

describe('coverageFromReports', () => {
  let root: string
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'gump-coverage-'))))
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('reads only what was written since', async () => {
    mkdirSync(join(root, 'coverage'))
    const file = join(root, 'coverage', 'coverage-summary.json')
    writeFileSync(file, read('coverage-reports/coverage-summary.json'))
    utimesSync(file, 1, 1)
    const before = await reportState(root)
    expect(await coverageFromReports(root, before)).toBeNull()
    writeFileSync(file, read('coverage-reports/coverage-summary.json'))
    expect(await coverageFromReports(root, before)).toEqual({
      percent: 85.71,
      path: 'coverage/coverage-summary.json',
    })
  })

  it('finds reports in folders with names of their own', async () => {
    const before = await reportState(root)
    mkdirSync(join(root, 'M.Tests', 'TestResults', '0b1c'), { recursive: true })
    writeFileSync(
      join(root, 'M.Tests/TestResults/0b1c/coverage.cobertura.xml'),
      read('coverage-reports/cobertura.xml'),
    )
    const path = 'M.Tests/TestResults/0b1c/coverage.cobertura.xml'
    expect(await coverageFromReports(root, before)).toMatchObject({ path })
  })

  it('follows no symbolic links', async () => {
    const before = await reportState(root)
    mkdirSync(join(root, 'coverage'))
    symlinkSync(`${fixtures}/coverage-reports/lcov.info`, join(root, 'coverage', 'lcov.info'))
    expect(await coverageFromReports(root, before)).toBeNull()
  })
})
