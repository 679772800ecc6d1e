// The rules of this repository that no linter knows. `--root DIR` checks another folder, which is how they are tested.
import { resolve } from 'node:path'

import { buildEntries } from './rules/build-entries.mjs'
import { changesets } from './rules/changesets.mjs'
import { decisions } from './rules/decisions.mjs'
import { fileNames } from './rules/file-names.mjs'
import { folderBoundaries } from './rules/folder-boundaries.mjs'
import { indexExports } from './rules/index-exports.mjs'
import { links } from './rules/links.mjs'
import { manifests } from './rules/manifests.mjs'
import { packageReadme } from './rules/package-readme.mjs'
import { phrasesRule } from './rules/phrases.mjs'
import { root as here } from './toolchain/root.mjs'

const rules = [
  fileNames,
  indexExports,
  packageReadme,
  manifests,
  buildEntries,
  changesets,
  decisions,
  links,
  phrasesRule,
  folderBoundaries,
]

const at = process.argv.indexOf('--root')
const root = at === -1 ? here : resolve(process.argv[at + 1])

for (const { name, why, check } of rules) {
  const problems = check(root)
  if (problems.length === 0) continue
  process.exitCode = 1
  process.stdout.write(`${name}: ${why}\n${problems.map((problem) => `  ${problem}\n`).join('')}`)
}
