import type { FoundProject } from './found-project.js'
import type { Ecosystem } from '../commands/ecosystem.js'
import { foreignProjects, sourcesOutside } from './foreign-projects.js'
import { filesBelow, type ProjectFiles } from './project-files.js'

/** What a repository holds: the projects that commands are taken from, and folders that were in competition. */
export interface Projects {
  readonly found: readonly FoundProject[]
  /** More than one folder could be meant, so none was taken. */
  readonly candidates: readonly string[]
  /** What the commands of these projects leave unchecked, as sentences. */
  readonly notes: readonly string[]
}

const MAX_DEPTH = 3
const MAX_FOLDERS = 2000
/** Copies of other people's projects, and what builds make. */
const SKIPPED = new Set([
  'node_modules',
  'vendor',
  'third_party',
  'target',
  'dist',
  'build',
  'out',
  'deps',
  '__pycache__',
])

/** Folders that hold what surrounds a project, never the project itself. */
const BESIDE =
  /^(?:docs?|documentation|website|site|www|examples?|samples?|demos?|tests?|testing|spec|fixtures?|fuzz|fuzzing|bench|benches|benchmarks?|scripts?|tools?|tooling|ci|contrib|packaging|misc|etc|assets|po|debian|rpm|infra|deploy|e2e|playground)$/i

/**
 * The projects at the root, which decide alone: a nested project never answers for a root that has a language of its
 * own, be it one that Gump has no commands for. Without any, the one project in a folder below. Task runners (Make,
 * Just) at the root are taken, and do not hide a project below. Without any marker anywhere, source files at the root
 * decide.
 */
export async function findProjects(files: ProjectFiles, ecosystems: readonly Ecosystem[]): Promise<Projects> {
  const root = await recognise(files, '', ecosystems)
  const foreign = await foreignProjects(files)
  const languages = ecosystems.filter((ecosystem) => ecosystem.taskRunner !== true)
  if (root.some(({ ecosystem }) => ecosystem.taskRunner !== true) || foreign.length > 0) {
    return {
      found: root,
      candidates: [],
      notes: foreign.map(
        ({ title, marker }) => `${title} (${marker}) is not checked: no command is known for it`,
      ),
    }
  }
  const nested = (await search(files, languages)).filter(
    ({ folder }) => !folder.split('/').some((name) => BESIDE.test(name)),
  )
  const folders = [...new Set(nested.map(({ folder }) => folder))]
  const [only] = folders
  if (folders.length !== 1 || only === undefined) {
    const own = folders.length === 0 ? await hinted(files, languages) : []
    return { found: [...root, ...own], candidates: folders, notes: [] }
  }
  const elsewhere = await sourcesOutside(files, nested, languages)
  if (elsewhere !== null) {
    const notes = [`${elsewhere} does not belong to the project in ${only}, and the root has no project file`]
    return { found: root, candidates: folders, notes }
  }
  return { found: [...root, ...nested], candidates: [], notes: [`only ${only} is checked`] }
}

async function hinted(files: ProjectFiles, ecosystems: readonly Ecosystem[]): Promise<FoundProject[]> {
  const found: FoundProject[] = []
  for (const ecosystem of ecosystems) {
    const marker = (await ecosystem.hint?.(files)) ?? null
    if (marker !== null) found.push({ ecosystem, folder: '', marker })
  }
  return found
}

/** Folder by folder, the upper ones first; nothing is searched below a project. */
async function search(files: ProjectFiles, ecosystems: readonly Ecosystem[]): Promise<FoundProject[]> {
  const found: FoundProject[] = []
  let visited = 0
  let level = ['']
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    const next: string[] = []
    for (const folder of level) {
      visited += 1
      if (visited > MAX_FOLDERS) return found
      const here = folder === '' ? [] : await recognise(files, folder, ecosystems)
      found.push(...here)
      if (here.length > 0) continue
      for (const name of await files.list(folder)) {
        const child = name.slice(0, -1)
        if (!name.endsWith('/') || child.startsWith('.') || SKIPPED.has(child)) continue
        next.push(folder === '' ? child : `${folder}/${child}`)
      }
    }
    level = next
  }
  return found
}

async function recognise(
  files: ProjectFiles,
  folder: string,
  ecosystems: readonly Ecosystem[],
): Promise<FoundProject[]> {
  const inside = filesBelow(files, folder)
  const found: FoundProject[] = []
  for (const ecosystem of ecosystems) {
    const marker = await ecosystem.marker(inside)
    if (marker !== null) found.push({ ecosystem, folder, marker })
  }
  return found
}
