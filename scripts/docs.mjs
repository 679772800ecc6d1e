// Keeps the reference pages in step with the program: docs/cli.md is made of the commands' own help, the table in
// docs/configuration.md of the configuration's schema, the one in docs/gates.md of the repositories that the tests of
// detection know, those in docs/reliability.md of the attacks below test/attack. `--check` fails when a page is out of
// date.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { loadAttacks } from '../test/attack/attacks.mjs'
import { attackTables } from './docs/attack-table.mjs'
import { configurationTable } from './docs/configuration-table.mjs'
import { detectionTable } from './docs/detection-table.mjs'
import { commandReference } from './docs/command-reference.mjs'
import { root } from './toolchain/root.mjs'

const check = process.argv.includes('--check')
const bin = join(root, 'apps/cli/bin/gump.js')

function gump(...args) {
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '100', OCLIF_COLUMNS: '100' }
  return execFileSync(process.execPath, [bin, ...args], { encoding: 'utf8', env, cwd: root })
}

/** Replaces what stands between two markers. */
function fill(text, name, content) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`no ${start} … ${end} in the page`)
  return `${before}${start}\n\n${content.trim()}\n\n${end}${after}`
}

const { COMMANDS } = await import(pathToFileURL(join(root, 'apps/cli/dist/commands.js')).href)
const attacks = await loadAttacks()
const pages = [
  ['docs/cli.md', 'commands', () => commandReference(Object.keys(COMMANDS), gump)],
  ['docs/reliability.md', 'attacks', () => attackTables(attacks)],
  ['docs/configuration.md', 'keys', () => configurationTable(JSON.parse(gump('schema', 'config')))],
  ['docs/gates.md', 'detection', detectionTable],
]
const stale = []
for (const [page, marker, content] of pages) {
  const file = join(root, page)
  const before = readFileSync(file, 'utf8')
  const after = fill(before, marker, content())
  if (before === after) continue
  if (check) stale.push(page)
  else writeFileSync(file, after)
}
if (stale.length > 0) {
  process.exitCode = 1
  process.stdout.write(`Out of date: ${stale.join(', ')}. Run pnpm docs:update.\n`)
}
