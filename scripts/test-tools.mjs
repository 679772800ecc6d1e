// `pnpm test:tools`: tests with the real tools that projects use: test runners, linters, formatters, package managers. They
// come from npm's registry and from the machine; a test whose tool is not there is skipped and says why.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { prepare } from './toolchain/prepare.mjs'
import { root } from './toolchain/root.mjs'

const folder = join(root, 'test', 'tools')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'no-build': { type: 'boolean', default: false } },
})
const suites = readdirSync(folder).filter((name) => name.endsWith('.test.mjs'))
const chosen = suites.filter(
  (name) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
)
if (chosen.length === 0) {
  process.stderr.write(`no suite is called that; there are ${suites.join(', ')}\n`)
  process.exit(2)
}
if (!values['no-build']) await prepare()
const files = chosen.map((name) => join(folder, name))
const { status } = spawnSync(process.execPath, ['--test', '--test-reporter', 'spec', ...files], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(status ?? 1)
