import { needing, type Answer, type Ecosystem, type Project, type SetupPart } from '../commands/ecosystem.js'
import { parseToml } from '../project/parse-config.js'
import { firstExisting, type ProjectFiles } from '../project/project-files.js'
import { pythonLint, pythonTestSession, type PythonLint } from '../project/python-lint.js'
import { pythonTests } from '../project/python-tests.js'

const MARKERS = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
  'Pipfile',
  'pytest.ini',
  'tox.ini',
  'noxfile.py',
]
const REQUIREMENTS = ['requirements.txt', 'Pipfile', 'setup.py', 'environment.yml']

/** Python with uv, Poetry, Pipenv or plain pip; pytest or unittest. */
export const python: Ecosystem = {
  name: 'python',
  title: 'Python',
  sources: ['.py', '.pyi', '.pyx'],
  marker: async (files) => firstExisting(files, MARKERS),
  async hint(files) {
    const source = (await files.list('')).find((name) => name.endsWith('.py'))
    const test = (await files.list('tests')).find((name) => /^test_.*\.py$/.test(name))
    return source ?? (test === undefined ? null : `tests/${test}`)
  },
  async commands(project) {
    const { files } = project
    const launcher = await findLauncher(project)
    const run = async (command: string, because: string): Promise<Answer> =>
      needing(project, launcher.program, {
        command: `${launcher.prefix}${command}`,
        because: `${launcher.because}, and ${because}`,
      })
    const pyproject = (await files.readFile('pyproject.toml')) ?? ''
    const config = parseToml(pyproject)
    const other = await texts(files, ['setup.cfg', 'tox.ini'])
    const required = `${pyproject}\n${other}\n${await texts(files, await requirementFiles(files))}`

    const tests = await pythonTests(files, config, required)
    const session = tests === null ? await pythonTestSession(files, config) : null
    const lint = await pythonLint(files, config, withoutToolTables(pyproject, required))
    const own = async (found: PythonLint): Promise<Answer> =>
      found.program === null
        ? run(found.command, found.because)
        : needing(project, found.program, { command: found.command, because: found.because })
    return {
      ...(tests === null
        ? session === null
          ? {}
          : { test: await own(session) }
        : { test: await run(`${launcher.python} -m ${tests.module}`, tests.because) }),
      ...(lint === null ? {} : { lint: await own(lint) }),
      ...(tests?.module === 'pytest' && /\bpytest[-_]cov\b/.test(required)
        ? {
            coverage: await run(
              `${launcher.python} -m pytest --cov --cov-report=term`,
              'pytest-cov is required',
            ),
          }
        : {}),
    }
  },
  async setup({ files }): Promise<SetupPart | null> {
    const parts: readonly (SetupPart & { readonly lockfile: string })[] = [
      { lockfile: 'uv.lock', command: 'uv sync --frozen', program: 'uv', produces: ['/.venv/'] },
      {
        lockfile: 'poetry.lock',
        command: 'poetry install --no-interaction',
        program: 'poetry',
        produces: ['/.venv/'],
      },
      { lockfile: 'Pipfile.lock', command: 'pipenv sync --dev', program: 'pipenv', produces: ['/.venv/'] },
    ]
    for (const part of parts) {
      if (await files.exists(part.lockfile)) return part
    }
    return null
  },
  syntax: {
    language: 'Python',
    extensions: ['.py'],
    programs: ['python3', 'python'],
    // As py_compile does it, but without leaving __pycache__ folders behind.
    command: (python, files) => `${python} -c '${CHECKER}' ${files}`,
  },
}

const CHECKER = `
import sys, traceback
failed = 0
for name in sys.argv[1:]:
    try:
        with open(name, "rb") as file: compile(file.read(), name, "exec")
    except (SyntaxError, ValueError) as error:
        failed = 1
        print("".join(traceback.format_exception_only(type(error), error)))
sys.exit(failed)
`

interface Launcher {
  readonly program: string
  /** Put before every command. */
  readonly prefix: string
  readonly python: string
  readonly because: string
}

async function findLauncher(project: Project): Promise<Launcher> {
  const { files } = project
  if (await files.exists('uv.lock')) {
    return { program: 'uv', prefix: 'uv run --frozen ', python: 'python', because: 'uv.lock is present' }
  }
  if (await files.exists('poetry.lock')) {
    return { program: 'poetry', prefix: 'poetry run ', python: 'python', because: 'poetry.lock is present' }
  }
  if (await files.exists('Pipfile')) {
    return { program: 'pipenv', prefix: 'pipenv run ', python: 'python', because: 'Pipfile is present' }
  }
  const program = (await project.has('python3')) ? 'python3' : 'python'
  return {
    program,
    prefix: 'PATH="$PWD/.venv/bin:$PATH" ',
    python: program,
    because: `${project.marker} is present`,
  }
}

/** Files that name what the project needs: `requirements.txt`, `requirements/dev.in`, and the like. */
async function requirementFiles(files: ProjectFiles): Promise<string[]> {
  const named =
    /^(?:.*[-_.])?requirements(?:[-_.].*)?\.(?:txt|in)$|^(?:dev|test|tests|lint|docs)\.(?:txt|in)$/
  const root = (await files.list('')).filter((name) => named.test(name) && /requirements/.test(name))
  const below = (await files.list('requirements')).filter((name) => /\.(?:txt|in)$/.test(name))
  return [...new Set([...REQUIREMENTS, ...root, ...below.map((name) => `requirements/${name}`)])]
}

/** A linter's own table says how it is set, not that the project installs it. */
function withoutToolTables(pyproject: string, required: string): string {
  const tables = pyproject.replace(/^\[+tool\.(?!poetry|pdm|uv|hatch)[^\]]*\]+[^]*?(?=^\[|$(?![^]))/gm, '')
  const own = required.startsWith(pyproject) ? required.slice(pyproject.length) : required
  return `${tables}${own.replace(/^\[(?:flake8|isort|mypy|testenv[^\]]*|pycodestyle|tool:[^\]]*)\][^]*?(?=^\[|$(?![^]))/gm, '')}`
}

async function texts(files: ProjectFiles, paths: readonly string[]): Promise<string> {
  const found = await Promise.all(paths.map(async (path) => files.readFile(path)))
  return found.filter((text) => text !== null).join('\n')
}
