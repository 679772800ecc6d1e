import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** Seconds for `sleep` that no other process uses: they mark the processes of one test in every command line. */
export function uniqueSeconds(): string {
  return `1000.${process.pid}${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`
}

/** The running processes with `text` in their command line, found without the code under test; zombies are gone. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
        const state = stat.charAt(stat.lastIndexOf(')') + 2)
        return (
          state !== 'Z' && state !== 'X' && readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(text)
        )
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Waits for a condition that nothing announces; fails with what was seen last. */
export async function eventually<T>(
  look: () => T,
  isRight: (seen: T) => boolean,
  limitMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + limitMs
  for (;;) {
    const seen = look()
    if (isRight(seen)) return seen
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(seen)} after ${limitMs} ms`)
    await setTimeout(2)
  }
}
