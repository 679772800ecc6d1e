// `npm test`: installs, builds, runs every test, and ends with the line `N passed, N failed`.
// Arguments go to vitest: `npm test -- packages/schema`.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { exec } from './toolchain/exec.mjs'
import { prepare } from './toolchain/prepare.mjs'
import { root } from './toolchain/root.mjs'

const cache = join(root, '.cache')
const results = join(cache, 'vitest.json')
const countsFile = join(cache, 'test-counts.txt')

/** The line that people and CI read. */
function counts(code) {
  if (!existsSync(results)) return '0 passed, 1 failed'
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  )
  // A file that could not even be loaded has no failed test of its own.
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = Math.max(numFailedTests + brokenFiles, code === 0 ? 0 : 1)
  const skipped = numPendingTests + numTodoTests
  return `${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

await prepare()
mkdirSync(cache, { recursive: true })
rmSync(results, { force: true })
const code = await exec(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ],
  // The program was built above; tests that start it need not build it again.
  { env: { TESTS_USE_THIS_BUILD: '1' } },
)
const line = counts(code)
writeFileSync(countsFile, `${line}\n`)
process.stdout.write(`\n${line}\n`)
process.exitCode = code
