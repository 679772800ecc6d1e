#!/usr/bin/env node
// The version, the overview and completion do without the command line framework, so they cost little more than Node.
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
} else if (first === '__complete') {
  // A shell asks while somebody waits for the answer.
  const { complete } = await import('../dist/complete.js')
  await complete(read('../dist/command-words.json'), read('../package.json').version, args.slice(1))
} else {
  const { main } = await import('../dist/main.js')
  await main(args, read('../package.json'))
}
