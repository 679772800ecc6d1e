import { stringAt, valueAt } from './parse-config.js'
import type { ProjectFiles } from './project-files.js'

/** How a Python project runs its linter. */
export interface PythonLint {
  readonly command: string
  /** The program to look for: a tool that is on PATH, or null for one of the project's environment. */
  readonly program: string | null
  readonly because: string
}

const LINT_NAMES = ['lint', 'linters', 'linting', 'style', 'qa', 'flake8', 'ruff', 'pre-commit', 'check']

/**
 * The linter as the project itself runs it: a dependency of the project, else a session of nox, an environment of tox,
 * or pre-commit. A linter that is only configured, and that nothing installs, is not part of the project.
 *
 * @param required Text of the files that name what the project needs.
 */
export async function pythonLint(
  files: ProjectFiles,
  pyproject: unknown,
  required: string,
): Promise<PythonLint | null> {
  const needs = (name: string): boolean =>
    new RegExp(`(?:^|["'\\s,=(])${name}(?=\\s*(?:$|["',\\[<>=~!;)@]))`, 'm').test(required)
  if (needs('ruff')) return { command: 'ruff check .', program: null, because: 'Ruff is a dependency' }
  if (needs('flake8')) return { command: 'flake8', program: null, because: 'Flake8 is a dependency' }

  const hatch = valueAt(pyproject, 'tool', 'hatch', 'envs')
  for (const [tool, session, why] of [
    ['nox', lintOf(noxSessions((await files.readFile('noxfile.py')) ?? '')), 'noxfile.py has a session'],
    ['tox', lintOf(await toxEnvironments(files, pyproject)), 'tox has an environment'],
  ] as const) {
    if (session === null) continue
    const command = tool === 'nox' ? `nox -s ${session}` : `tox run -e ${session}`
    return { command, program: tool, because: `${why} "${session}"` }
  }
  for (const name of LINT_NAMES) {
    const script = valueAt(hatch, name, 'scripts') ?? valueAt(hatch, 'default', 'scripts')
    const found = LINT_NAMES.find((each) => stringAt(script, each) !== null)
    if (found !== undefined) {
      const env = valueAt(hatch, name, 'scripts') === undefined ? 'default' : name
      return {
        command: `hatch run ${env}:${found}`,
        program: 'hatch',
        because: `Hatch has a script "${found}"`,
      }
    }
  }
  if ((await files.exists('.pre-commit-config.yaml')) || (await files.exists('.pre-commit-config.yml'))) {
    const own = needs('pre-commit')
    return {
      command: 'pre-commit run --all-files --show-diff-on-failure',
      program: own ? null : 'pre-commit',
      because: `pre-commit is configured${own ? ' and a dependency' : ''}`,
    }
  }
  return null
}

/** A test session of nox or environment of tox, for projects that show no other sign of tests. */
export async function pythonTestSession(files: ProjectFiles, pyproject: unknown): Promise<PythonLint | null> {
  const sessions = noxSessions((await files.readFile('noxfile.py')) ?? '')
  const session = ['tests', 'test', 'unit', 'unit_tests'].find((name) => sessions.includes(name))
  if (session !== undefined)
    return { command: `nox -s ${session}`, program: 'nox', because: `noxfile.py has a session "${session}"` }
  const environments = await toxEnvironments(files, pyproject)
  if (environments.includes('testenv'))
    return { command: 'tox run -e py', program: 'tox', because: 'tox has a test environment' }
  return null
}

function lintOf(names: readonly string[]): string | null {
  return LINT_NAMES.find((name) => names.includes(name)) ?? null
}

function noxSessions(text: string): string[] {
  return [...text.matchAll(/^@(?:nox\.)?session(?:\(([^]*?)\))?\s*\n(?:@.*\n)*def (\w+)\(/gm)].map(
    ([, options, name]) => /\bname\s*=\s*["']([\w.-]+)["']/.exec(options ?? '')?.[1] ?? name ?? '',
  )
}

/** Names of tox environments; `testenv` stands for the default one. */
async function toxEnvironments(files: ProjectFiles, pyproject: unknown): Promise<string[]> {
  const texts = [
    await files.readFile('tox.ini'),
    /^\[tox:tox\]/m.test((await files.readFile('setup.cfg')) ?? '')
      ? await files.readFile('setup.cfg')
      : null,
    stringAt(pyproject, 'tool', 'tox', 'legacy_tox_ini'),
  ]
  const sections = [...texts.join('\n').matchAll(/^\[testenv(?::([^\]]+))?\]/gm)].flatMap(([, names]) =>
    names === undefined ? ['testenv'] : names.split(',').map((name) => name.trim()),
  )
  const env = valueAt(pyproject, 'tool', 'tox', 'env')
  const run = valueAt(pyproject, 'tool', 'tox', 'env_run_base')
  return [
    ...sections,
    ...(typeof env === 'object' && env !== null ? Object.keys(env) : []),
    ...(run === undefined ? [] : ['testenv']),
  ]
}
