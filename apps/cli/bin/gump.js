#!/usr/bin/env node
// The version and the overview are known without loading the command line framework, so they cost no more than Node.
import { readFileSync } from 'node:fs'

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const args = process.argv.slice(2)
const [first] = args

if (args.length === 1 && (first === '--version' || first === '-V')) {
  process.stdout.write(`${read('../package.json').version}\n`)
} else if (
  args.length === 0 ||
  (args.length === 1 && (first === '--help' || first === '-h' || first === 'help'))
) {
  const { rootHelp, wantsColor } = await import('../dist/overview.js')
  const color = wantsColor(process.env, process.stdout)
  process.stdout.write(
    rootHelp(read('../dist/commands.json'), { color, columns: process.stdout.columns || 80 }),
  )
} else {
  const { main } = await import('../dist/main.js')
  await main(args, read('../package.json'))
}
