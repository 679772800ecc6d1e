import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The tests of the command line start the real program. `npm test` has just built it; when vitest is run by itself, and
 * those tests are among what was asked for, it is built here, so that a stale build is never what is tested.
 */
export default function build(): void {
  const asked = process.argv
    .slice(2)
    .filter((arg) => !arg.startsWith('-') && arg !== 'run' && arg !== 'watch')
  const startsTheProgram =
    asked.length === 0 || asked.some((arg) => arg.includes('apps') || arg.includes('e2e'))
  if (process.env['TESTS_USE_THIS_BUILD'] === '1' || !startsTheProgram) return
  const script =
    "const { build } = await import('./scripts/toolchain/build.mjs'); process.exit(await build())"
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, stdio: 'inherit' })
}
