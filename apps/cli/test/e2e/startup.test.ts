import { spawnSync } from 'node:child_process'

import { describe, expect, it } from 'vitest'

import { bin } from './support/bin.js'

/** The quickest of many tries, taken in turn: what else the machine does only ever adds. */
function quickest(commands: Readonly<Record<string, readonly string[]>>): Record<string, number> {
  const best: Record<string, number> = {}
  for (let round = 0; round < 15; round += 1) {
    for (const [name, args] of Object.entries(commands)) {
      const started = performance.now()
      spawnSync(process.execPath, args)
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, performance.now() - started)
    }
  }
  return best
}

describe('starting', () => {
  it('costs next to nothing for --version, and little for --help', { timeout: 120_000, retry: 2 }, () => {
    const {
      node = 0,
      version = 0,
      help = 0,
    } = quickest({
      node: ['-e', '0'],
      version: [bin, '--version'],
      help: [bin, '--help'],
    })
    expect(version / node).toBeLessThan(1.5)
    expect(help / node).toBeLessThan(3)
  })
})
