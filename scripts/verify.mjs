// Every check there is, one after the other, with a summary. `--no-tests` leaves the tests out; naming checks
// (`node scripts/verify.mjs lint knip`) runs only those.
import { checks } from './toolchain/checks.mjs'
import { prepare } from './toolchain/prepare.mjs'

const args = process.argv.slice(2)
const named = args.filter((arg) => !arg.startsWith('--'))
const unknown = named.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `No such check: ${unknown.join(', ')}. There are: ${checks.map((c) => c.name).join(', ')}.\n`,
  )
  process.exit(2)
}
const selected = checks.filter(({ name }) =>
  named.length > 0 ? named.includes(name) : name !== 'tests' || !args.includes('--no-tests'),
)

await prepare()
const failed = []
for (const { name, run } of selected) {
  const started = Date.now()
  const { code, output } = await run()
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${seconds.padStart(6)}s\n`)
  if (code !== 0) {
    failed.push(name)
    process.stdout.write(output.endsWith('\n') ? output : `${output}\n`)
  }
}
process.stdout.write(
  failed.length === 0 ? `\nAll ${selected.length} checks passed.\n` : `\nFailed: ${failed.join(', ')}.\n`,
)
process.exitCode = failed.length === 0 ? 0 : 1
