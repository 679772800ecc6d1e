import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SetupStep } from '@gump/gates'

const MANIFESTS: Readonly<Record<string, readonly [file: string, keys: readonly string[]]>> = {
  node_modules: [
    'package.json',
    [
      'dependencies',
      'devDependencies',
      'optionalDependencies',
      'peerDependencies',
      'workspaces',
      'overrides',
    ],
  ],
  vendor: ['composer.json', ['require', 'require-dev']],
}

/** True when two folders ask for the same dependencies, so that what one has installed does for the other. */
export function asksForTheSame(one: string, other: string, { clones, folder }: SetupStep): boolean {
  const [file, keys] = MANIFESTS[clones ?? ''] ?? [null, []]
  if (file === null) return false
  return wanted(join(one, folder, file), keys) === wanted(join(other, folder, file), keys)
}

function wanted(file: string, keys: readonly string[]): string | null {
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>
    return JSON.stringify(keys.map((key) => manifest[key] ?? null))
  } catch {
    return null
  }
}
