import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Processes whose environment holds a text: the container of a run, the folder of a repository. Empty where there is no
 * `/proc`.
 */
export function processesWith(text: string): readonly number[] {
  return pids().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(text)
    } catch {
      return false
    }
  })
}

/** Waits until {@link processesWith} finds none; resolves with those that are still there when time is up. */
export async function survivors(text: string, patienceMs: number): Promise<readonly number[]> {
  for (const until = performance.now() + patienceMs; ; await sleep(5)) {
    const found = processesWith(text)
    if (found.length === 0 || performance.now() > until) return found
  }
}

function pids(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .map(Number)
  } catch {
    return []
  }
}
