#!/usr/bin/env node
// The version is known without loading anything else, so asking for it costs no more than starting Node.
import { readFileSync } from 'node:fs'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const args = process.argv.slice(2)

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${manifest.version}\n`)
} else {
  const { main } = await import('../dist/main.js')
  await main(args, manifest)
}
