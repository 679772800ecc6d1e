import { needing, type Answer, type Ecosystem, type Project, type SetupPart } from '../commands/ecosystem.js'
import { parseToml, valueAt } from '../project/parse-config.js'
import { firstExisting, type ProjectFiles } from '../project/project-files.js'
import { pythonTests } from '../project/python-tests.js'

const MARKERS = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
  'Pipfile',
  'pytest.ini',
  'tox.ini',
]

/** Python with uv, Poetry, Pipenv or plain pip; pytest or unittest. */
export const python: Ecosystem = {
  name: 'python',
  title: 'Python',
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
    const wanted = `${pyproject}\n${other}\n${await texts(files, ['requirements.txt', 'requirements-dev.txt', 'Pipfile', 'setup.py'])}`

    const tests = await pythonTests(files, config, wanted)
    const ruff =
      valueAt(config, 'tool', 'ruff') !== undefined ||
      (await firstExisting(files, ['ruff.toml', '.ruff.toml']))
    const flake8 = (await files.exists('.flake8')) || /^\[flake8\]/m.test(other)
    return {
      ...(tests === null ? {} : { test: await run(`${launcher.python} -m ${tests.module}`, tests.because) }),
      ...(ruff
        ? { lint: await run('ruff check .', 'Ruff is configured') }
        : flake8
          ? { lint: await run('flake8', 'Flake8 is configured') }
          : {}),
      ...(tests?.module === 'pytest' && /\bpytest[-_]cov\b/.test(wanted)
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
    const parts: readonly SetupPart[] = [
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

async function texts(files: ProjectFiles, paths: readonly string[]): Promise<string> {
  const found = await Promise.all(paths.map(async (path) => files.readFile(path)))
  return found.filter((text) => text !== null).join('\n')
}
