import { valueAt } from './parse-config.js'
import type { ProjectFiles } from './project-files.js'

/** How a Python project runs its tests: arguments of `python -m`. */
export interface PythonTests {
  readonly module: string
  readonly because: string
}

const FOLDERS = ['', 'tests', 'test']
const MAX_READ = 10

/**
 * pytest when it is configured or required, or when there are test files that do not use unittest; unittest when
 * there are only test files of its kind; null without any sign of tests.
 *
 * @param requirements Text of the files that name what the project needs.
 */
export async function pythonTests(
  files: ProjectFiles,
  pyproject: unknown,
  requirements: string,
): Promise<PythonTests | null> {
  const configured =
    valueAt(pyproject, 'tool', 'pytest') !== undefined ||
    /^\[(?:tool:)?pytest\]/m.test(requirements) ||
    (await files.exists('pytest.ini')) ||
    (await files.exists('conftest.py'))
  if (configured) return { module: 'pytest', because: 'pytest is configured' }
  if (/\bpytest\b/.test(requirements)) return { module: 'pytest', because: 'pytest is required' }

  for (const folder of FOLDERS) {
    const names = (await files.list(folder)).filter((name) => /^test.*\.py$|_test\.py$/.test(name))
    if (names.length === 0) continue
    const where = folder === '' ? '' : `${folder}/`
    const read = await Promise.all(names.slice(0, MAX_READ).map(async (name) => files.readFile(where + name)))
    if (!read.some((text) => text !== null && /\bunittest\b/.test(text))) {
      return { module: 'pytest', because: `${where}${String(names[0])} is a test file` }
    }
    // unittest's own search goes into packages only.
    const elsewhere = folder !== '' && !(await files.exists(`${folder}/__init__.py`))
    return {
      module: elsewhere ? `unittest discover -s ${folder}` : 'unittest',
      because: `${where}${String(names[0])} uses unittest`,
    }
  }
  return null
}
