import { join } from 'node:path'

import { readGivenFile } from '@gump/schema'

/** What of a `package.json` matters here. */
export interface PackageFacts {
  readonly name: string
  /** Names of what it may import. */
  readonly dependencies: readonly string[]
}

const legalName = /^(?:@[a-z0-9~-][a-z0-9~._-]*\/)?[a-z0-9~_-][a-z0-9~._-]*$/iu

/** The package that a folder is, or null when it is none. */
export function packageAt(folder: string): PackageFacts | null {
  const read = readGivenFile(join(folder, 'package.json'), { root: null })
  if (!('text' in read)) return null
  let content: unknown
  try {
    content = JSON.parse(read.text)
  } catch {
    return null
  }
  if (typeof content !== 'object' || content === null) return null
  const { name, ...rest } = content as Record<string, unknown>
  if (typeof name !== 'string' || !legalName.test(name)) return null
  const kinds = ['dependencies', 'optionalDependencies', 'peerDependencies']
  const dependencies = kinds.flatMap((kind) => {
    const table = rest[kind]
    return typeof table === 'object' && table !== null ? Object.keys(table) : []
  })
  return { name, dependencies: [...new Set(dependencies)].filter((one) => legalName.test(one)).toSorted() }
}

/** Its name, or null when the folder is no package. */
export function packageNameAt(folder: string): string | null {
  return packageAt(folder)?.name ?? null
}
