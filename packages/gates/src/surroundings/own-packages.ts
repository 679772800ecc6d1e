import { workspacePackages } from '../project/node-workspaces.js'
import { parseJson, parseToml, stringAt } from '../project/parse-config.js'
import type { ProjectFiles } from '../project/project-files.js'

/** Names under which a project's own code is imported. */
export interface OwnPackages {
  readonly python: readonly PythonPackage[]
  readonly node: readonly string[]
}

/** An importable name, and the folder that must be on the path for it; null: the tree has no folder of that name. */
export interface PythonPackage {
  readonly name: string
  readonly root: string | null
}

const NO_PACKAGE =
  /^(?:src|lib|python|tests?|testing|docs?|examples?|scripts?|tools?|bench(?:marks?)?|build|dist|node_modules|venv|env|target|site-packages|setup|conftest|noxfile|tasks)$/
const MAX_NAMES = 200

/** The packages that belong to the project itself, at its root, in `src` or `lib`, and in its workspace. */
export async function ownPackages(files: ProjectFiles): Promise<OwnPackages> {
  return { python: await pythonPackages(files), node: await nodePackages(files) }
}

async function pythonPackages(files: ProjectFiles): Promise<PythonPackage[]> {
  const all = new Map<string, string | null>()
  const config = parseToml((await files.readFile('pyproject.toml')) ?? '')
  const named = stringAt(config, 'project', 'name') ?? stringAt(config, 'tool', 'poetry', 'name')
  if (named !== null) all.set(named.toLowerCase().replace(/[-.]+/g, '_'), null)
  for (const folder of ['', 'src', 'lib', 'python']) {
    const found = new Set<string>()
    for (const name of await files.list(folder)) {
      const path = folder === '' ? name : `${folder}/${name}`
      const plain = name.replace(/\/$|\.py$/, '')
      if (!/^[A-Za-z_]\w*$/.test(plain) || NO_PACKAGE.test(plain)) continue
      if (name.endsWith('/'))
        await collectPackages(
          files,
          { folder: path.slice(0, -1), name: plain, depth: folder !== '' ? 2 : 1 },
          found,
        )
      else if (name.endsWith('.py')) found.add(plain)
    }
    for (const name of found) if ((all.get(name) ?? null) === null) all.set(name, folder)
  }
  return [...all].slice(0, MAX_NAMES).map(([name, root]) => ({ name, root }))
}

/** A package, or the packages of a namespace that has no `__init__.py` of its own. */
async function collectPackages(
  files: ProjectFiles,
  { folder, name, depth }: { readonly folder: string; readonly name: string; readonly depth: number },
  found: Set<string>,
): Promise<void> {
  const names = await files.list(folder)
  if (names.includes('__init__.py') || names.includes('__init__.pyi')) {
    found.add(name)
    return
  }
  if (depth === 0) return
  for (const child of names) {
    const plain = child.replace(/\/$|\.py$/, '')
    if (!/^[A-Za-z_]\w*$/.test(plain)) continue
    if (child.endsWith('/')) {
      const inside = { folder: `${folder}/${plain}`, name: `${name}.${plain}`, depth: depth - 1 }
      await collectPackages(files, inside, found)
    } else if (child.endsWith('.py') && folder.startsWith('src/')) found.add(`${name}.${plain}`)
  }
}

async function nodePackages(files: ProjectFiles): Promise<string[]> {
  const own = stringAt(parseJson((await files.readFile('package.json')) ?? ''), 'name')
  const workspace = (await workspacePackages(files)).flatMap(({ name }) => (name === null ? [] : [name]))
  return [...new Set([...(own === null ? [] : [own]), ...workspace])].slice(0, MAX_NAMES)
}
