import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { pathProblem } from '../parse/paths.js'
import { loadTree } from '../yaml/load-tree.js'
import type { YamlNode } from '../yaml/tree.js'
import { readContained } from './read-contained.js'

const maxFiles = 1000
const maxTotalBytes = 16 * 1024 * 1024

/** The prompt files that a workflow text names (`prompt: {file: path}`), as written, without duplicates. */
export function promptFilesOf(text: string): readonly string[] {
  const { root } = loadTree('', text)
  const found = new Set<string>()
  if (root !== null) collect(root, found)
  return [...found]
}

function collect(node: YamlNode, found: Set<string>): void {
  if (node.kind === 'seq') for (const item of node.items) collect(item, found)
  if (node.kind !== 'map') return
  for (const { key, value } of node.entries) {
    if (key === 'prompt' && value.kind === 'map') {
      const file = value.entries.find((entry) => entry.key === 'file')?.value
      if (file?.kind === 'scalar' && typeof file.value === 'string' && file.value.trim() !== '')
        found.add(file.value)
    }
    collect(value, found)
  }
}

/** Texts of prompt files, and why others have none, by the path as written. */
export interface PromptFiles {
  readonly files: Readonly<Record<string, string>>
  readonly unreadable: Readonly<Record<string, string>>
}

/** Loads prompt files from `dir`, the folder of the workflow file; links must end below `root`, a real path. */
export async function loadPromptFiles(text: string, dir: string, root: string | null): Promise<PromptFiles> {
  const files = new Map<string, string>()
  const unreadable = new Map<string, string>()
  const boundary = root ?? (await realpath(dir).catch(() => dir))
  let total = 0
  for (const path of promptFilesOf(text)) {
    const illegal = pathProblem(path)
    if (illegal !== null) unreadable.set(path, illegal)
    if (illegal !== null || path === '__proto__') continue
    const read = await readContained(boundary, join(dir, path))
    total += 'text' in read ? read.text.length : 0
    if ('problem' in read) unreadable.set(path, read.problem)
    else if (files.size >= maxFiles || total > maxTotalBytes)
      unreadable.set(path, 'exceeds what prompt files may hold together')
    else files.set(path, read.text)
  }
  return { files: Object.fromEntries(files), unreadable: Object.fromEntries(unreadable) }
}
