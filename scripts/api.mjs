// The public surface of every package, recorded in packages/NAME/etc/api.md from the declarations that `tsc -b` wrote.
// Without arguments it updates the records; `--check` fails when one is out of date. Both name exports without TSDoc.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { undocumented } from './api/documented.mjs'
import { surface } from './api/surface.mjs'
import { libraries } from './toolchain/workspaces.mjs'

const check = process.argv.includes('--check')
const stale = []
const silent = []

for (const { dir, path, manifest } of libraries()) {
  const sections = Object.entries(manifest.exports)
    .filter(([, entry]) => entry.types !== undefined)
    .map(([name, entry]) => {
      const id = name === '.' ? manifest.name : `${manifest.name}${name.slice(1)}`
      return `## ${id}\n\n\`\`\`ts\n${surface(join(path, entry.types))}\n\`\`\`\n`
    })
  for (const { types } of Object.values(manifest.exports)) {
    if (types === undefined) continue
    silent.push(...undocumented(join(path, types)).map((name) => `${manifest.name}: ${name}`))
  }
  const text = `# Public surface of ${manifest.name}\n\nWritten by \`pnpm api:update\`; a change here is a change for users.\n\n${sections.join('\n')}`
  const file = join(path, 'etc/api.md')
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  if (check) {
    stale.push(`${dir}/etc/api.md`)
    continue
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  process.stdout.write(`${dir}/etc/api.md\n`)
}

if (stale.length > 0) {
  process.exitCode = 1
  process.stdout.write(
    `The public surface changed:\n${stale.map((file) => `  ${file}\n`).join('')}If that was intended: pnpm api:update, and a changeset.\n`,
  )
}
if (silent.length > 0) {
  process.exitCode = 1
  process.stdout.write(`Exports without TSDoc:\n${silent.map((name) => `  ${name}\n`).join('')}`)
}
