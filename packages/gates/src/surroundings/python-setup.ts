import type { ProjectFiles } from '../project/project-files.js'
import { firstExisting } from '../project/project-files.js'
import { ownPackages } from './own-packages.js'
import { PYTHON_ARRANGEMENT, PYTHON_ARRANGER } from './python-environment.js'

/** A command that gives a worktree an environment of its own. */
export interface PythonSetup {
  readonly command: string
  readonly env: Readonly<Record<string, string>>
}

const MARKERS = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
  'tox.ini',
  'pytest.ini',
  'noxfile.py',
]

/**
 * How to arrange that a worktree's Python takes the project's packages from the worktree; null where the root is no
 * Python project, or where a lockfile's tool makes the environment.
 */
export async function pythonSetup(
  files: ProjectFiles,
  places: { readonly python: string; readonly checkout: readonly string[]; readonly worktree: string },
): Promise<PythonSetup | null> {
  const sources = (await files.list('')).some((name) => name.endsWith('.py'))
  if ((await firstExisting(files, MARKERS)) === null && !sources) return null
  if ((await firstExisting(files, ['uv.lock', 'poetry.lock', 'Pipfile'])) !== null) return null
  const { python } = await ownPackages(files)
  const packages = python.flatMap(({ name, root }) => (root === null ? [] : [`${name}=${root}`]))
  const quoted = [...places.checkout, '--', places.worktree].map((_, at) => `"$GUMP_ARG${at}"`).join(' ')
  const args = [...places.checkout, '--', places.worktree].map((value, at) => [`GUMP_ARG${at}`, value])
  return {
    command: `${PYTHON_ARRANGEMENT} ${quoted}`,
    env: {
      ...Object.fromEntries(args),
      GUMP_PYTHON: places.python,
      GUMP_PROGRAM: PYTHON_ARRANGER,
      GUMP_PACKAGES: packages.join('\n'),
      PYTHONPATH: '',
    },
  }
}
