import { parseJson, stringAt, valueAt } from './parse-config.js'
import { inFolder } from '../commands/in-folder.js'
import { packageScripts, runDirectly } from './package-scripts.js'
import type { PackageManager } from './package-manager.js'
import type { ProjectFiles } from './project-files.js'

const MAX_PACKAGES = 300

/** A package of a workspace. */
export interface WorkspacePackage {
  readonly folder: string
  readonly name: string | null
  readonly packageJson: string
}

/** The packages of an npm, Yarn, Bun or pnpm workspace, as far as `folder`, `folder/*` and `folder/**` name them. */
export async function workspacePackages(files: ProjectFiles): Promise<WorkspacePackage[]> {
  const found: WorkspacePackage[] = []
  const patterns = await workspacePatterns(files)
  const left = new Set(
    patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)),
  )
  for (const pattern of patterns.filter((each) => !each.startsWith('!'))) {
    for (const folder of await expand(files, pattern.replace(/^\.\//, '').replace(/\/$/, ''))) {
      if (found.length >= MAX_PACKAGES || left.has(folder)) continue
      if (folder === '' || found.some((each) => each.folder === folder)) continue
      const packageJson = await files.readFile(`${folder}/package.json`)
      if (packageJson === null) continue
      found.push({ folder, name: stringAt(parseJson(packageJson), 'name'), packageJson })
    }
  }
  return found
}

/** The command that runs a script in every package of the workspace that has it; null when none has. */
export async function inEveryPackage(
  files: ProjectFiles,
  manager: PackageManager,
  names: readonly string[],
): Promise<{
  readonly command: string
  readonly script: string
  readonly definition: string
  readonly direct: string
} | null> {
  const packages = await workspacePackages(files)
  for (const script of names) {
    const having = packages.flatMap(({ folder, packageJson }) => {
      const text = packageScripts(packageJson).expanded(script)
      return text === null ? [] : [{ folder, text }]
    })
    if (having.length === 0) continue
    const inside = having.map(async ({ folder, text }) => `(${await inFolder(folder, runDirectly(text))})`)
    return {
      command: manager.everywhere(script),
      script,
      definition: having.map(({ folder, text }) => `${folder}: ${text}`).join('\n'),
      direct: runDirectly((await Promise.all(inside)).join(' && ')),
    }
  }
  return null
}

async function workspacePatterns(files: ProjectFiles): Promise<string[]> {
  const declared = valueAt(parseJson((await files.readFile('package.json')) ?? ''), 'workspaces')
  const list: unknown = Array.isArray(declared) ? declared : valueAt(declared, 'packages')
  const fromPnpm = (await files.readFile('pnpm-workspace.yaml')) ?? ''
  const block = /^packages:[ \t]*\n((?:[ \t]*(?:-|#).*\n?|[ \t]*\n)*)/m.exec(fromPnpm)?.[1] ?? ''
  const inline = /^packages:[ \t]*\[([^\]]*)\]/m.exec(fromPnpm)?.[1] ?? ''
  return [
    ...(Array.isArray(list) ? list.filter((each) => typeof each === 'string') : []),
    ...[...block.matchAll(/^[ \t]*-[ \t]*(['"]?)([^'"#\n]+?)\1[ \t]*(?:#.*)?$/gm)].map(
      ([, , text]) => text ?? '',
    ),
    ...inline.split(',').map((each) => each.trim().replace(/^['"]|['"]$/g, '')),
  ].filter((each) => each !== '')
}

async function expand(files: ProjectFiles, pattern: string): Promise<string[]> {
  let folders = ['']
  for (const segment of pattern.split('/')) {
    const next: string[] = []
    for (const folder of folders.slice(0, MAX_PACKAGES)) {
      const inside = (name: string): string => (folder === '' ? name : `${folder}/${name}`)
      if (!segment.includes('*')) {
        next.push(inside(segment))
        continue
      }
      const [before = '', after = ''] = segment.split(/\*+/)
      for (const name of await files.list(folder)) {
        const child = name.slice(0, -1)
        if (!name.endsWith('/') || child === 'node_modules' || child.startsWith('.')) continue
        if (child.startsWith(before) && child.endsWith(after)) next.push(inside(child))
      }
      if (segment === '**') next.push(folder)
    }
    folders = next
  }
  return folders
}
