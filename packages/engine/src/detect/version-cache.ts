import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { atomicWrite } from '@gump/ledger'

/** Versions of programs by path, size and time of change: asking some CLIs costs seconds. */
export interface VersionCache {
  get(key: string): string | undefined
  set(key: string, version: string): void
}

const mostEntries = 200

/** A cache in a file; one that cannot be read or written is no cache, and no error. */
export function openVersionCache(file: string): VersionCache {
  const versions = new Map(Object.entries(read(file)))
  return {
    get: (key) => versions.get(key),
    set(key, version) {
      versions.set(key, version)
      try {
        mkdirSync(dirname(file), { recursive: true })
        atomicWrite(file, `${JSON.stringify(Object.fromEntries([...versions].slice(-mostEntries)))}\n`)
      } catch {
        // Read-only home folders exist.
      }
    },
  }
}

function read(file: string): Readonly<Record<string, string>> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof content !== 'object' || content === null) return {}
    return Object.fromEntries(Object.entries(content).filter(([, value]) => typeof value === 'string'))
  } catch {
    return {}
  }
}
