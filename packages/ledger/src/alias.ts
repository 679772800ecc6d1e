import { mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Base of a run's readable name, in local time: `run_2026_03_23_1842`. */
export function aliasBase(epochMs: number): string {
  const at = new Date(epochMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${at.getFullYear()}_${two(at.getMonth() + 1)}_${two(at.getDate())}`
  return `run_${date}_${two(at.getHours())}${two(at.getMinutes())}`
}

/** Names given to runs: symbolic links `<dir>/<alias>` → `../<run id>`, which are created whole or not at all. */
export interface AliasFolder {
  /** The first free of `base`, `base_2`, `base_3`, …, even when several processes ask at the same time. */
  claim(base: string, runId: string): string
  /** Alias → run id. */
  all(): ReadonlyMap<string, string>
  remove(alias: string): void
}

export function createAliasFolder(dir: string): AliasFolder {
  return {
    claim(base, runId) {
      mkdirSync(dir, { recursive: true })
      for (let number = 1; ; number += 1) {
        const alias = number === 1 ? base : `${base}_${number}`
        try {
          symlinkSync(join('..', runId), join(dir, alias))
          return alias
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
        }
      }
    },
    all() {
      const aliases = new Map<string, string>()
      for (const name of namesIn(dir)) {
        try {
          aliases.set(name, basename(readlinkSync(join(dir, name))))
        } catch {
          // Removed meanwhile, or something a person put there.
        }
      }
      return aliases
    },
    remove(alias) {
      rmSync(join(dir, alias), { force: true })
    },
  }
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}
