import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryRepository, type TemporaryRepository } from '@gump/testkit'
import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

// Tests of the project that would import the user's checkout must import the worktree, or not be believed.

const python = spawnSync('python3', ['-m', 'venv', '--help'], { stdio: 'ignore' }).status === 0

const gate = 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [test]}\n'

function writing(path: string, content: string): string {
  return `- do: [turn, {write: {path: ${JSON.stringify(path)}, content: ${JSON.stringify(content)}}}]\n`
}

interface Layout {
  /** Folder that holds the package. */
  readonly root: string
  readonly package: string
}

/** Puts an editable install of a checkout into an environment, as installers do it. */
const editable: Readonly<Record<string, (site: string, repo: string, layout: Layout) => void>> = {
  'a path file': (site, repo, { root }) =>
    writeFileSync(join(site, '__editable__.m-1.0.pth'), `${join(repo, root)}\n`),
  'a path file of a build backend': (site, repo, { root }) =>
    writeFileSync(join(site, '_m.pth'), `${join(repo, root)}\n`),
  'a finder': (site, repo, layout) => {
    const name = layout.package.split('.')[0]!
    writeFileSync(
      join(site, '__editable___m_1_0_finder.py'),
      finder({ [name]: join(repo, layout.root, name) }),
    )
    writeFileSync(
      join(site, '__editable__.m-1.0.pth'),
      'import __editable___m_1_0_finder; __editable___m_1_0_finder.install()\n',
    )
  },
  'a link of setup.py develop': (site, repo, { root }) => {
    writeFileSync(join(site, 'm.egg-link'), `${join(repo, root)}\n.`)
    writeFileSync(join(site, 'easy-install.pth'), `${join(repo, root)}\n`)
  },
  'an installed copy': (site, repo, layout) => {
    const name = layout.package.split('.')[0]!
    spawnSync('cp', ['-R', join(repo, layout.root, name), join(site, name)])
  },
}

function finder(mapping: Readonly<Record<string, string>>): string {
  return `
import sys
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from pathlib import Path
MAPPING = ${JSON.stringify(mapping)}
class _EditableFinder:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        for pkg, where in MAPPING.items():
            if fullname == pkg or fullname.startswith(pkg + "."):
                inner = Path(where, *fullname[len(pkg):].strip(".").split(".")) if fullname != pkg else Path(where)
                for candidate in (inner / "__init__.py", inner.with_suffix(".py")):
                    if candidate.exists(): return spec_from_file_location(fullname, candidate)
                if inner.is_dir():
                    spec = ModuleSpec(fullname, None, is_package=True)
                    spec.submodule_search_locations = [str(inner)]
                    return spec
        return None
def install():
    sys.meta_path.append(_EditableFinder)
`
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

function environment(dir: string): string {
  spawnSync('python3', ['-m', 'venv', '--without-pip', dir])
  const lib = join(dir, 'lib')
  return join(lib, readdirSync(lib)[0]!, 'site-packages')
}

describe.runIf(python)('Python', () => {
  const layouts: Readonly<Record<string, Layout>> = {
    'a src layout': { root: 'src', package: 'm' },
    'a flat layout': { root: '', package: 'm' },
    'a namespace package': { root: 'src', package: 'space.m' },
  }
  const cases = Object.keys(editable).flatMap((kind) =>
    Object.keys(layouts).map((layout) => [kind, layout] as const),
  )

  function checkout(layout: Layout): TemporaryRepository {
    const path = [layout.root, ...layout.package.split('.')].filter((part) => part !== '').join('/')
    return temporaryRepository({
      'pyproject.toml': '[project]\nname = "m"\nversion = "1.0"\n',
      '.gitignore': '.venv/\n',
      [`${path}/__init__.py`]: 'value = 1\n',
      'checks/check.py': `import ${layout.package} as m\nassert m.value > 0, m.__file__\nprint("from", m.__file__)\n`,
    })
  }

  it.each(cases)('%s, %s, in an environment of the checkout that is active', async (kind, name) => {
    const layout = layouts[name]!
    const repo = checkout(layout)
    const site = environment(join(repo.dir, '.venv'))
    editable[kind]!(site, repo.dir, layout)
    const path = [layout.root, ...layout.package.split('.'), '__init__.py']
      .filter((part) => part !== '')
      .join('/')
    const env = {
      ...process.env,
      VIRTUAL_ENV: join(repo.dir, '.venv'),
      PATH: `${join(repo.dir, '.venv/bin')}:${process.env['PATH']}`,
    }
    for (const [value, status] of [
      [-1, 'failed'],
      // The other half is the same for all layouts.
      ...(layout.root === 'src' ? [[2, 'passed'] as const] : []),
    ] as const) {
      const { engine } = world({
        repo,
        workflows: { w: gate },
        script: writing(path, `value = ${value}\n`),
        settings: { gateCommands: { test: 'python checks/check.py' } },
        ambient: { env },
      })
      const run = await engine.start({ workflow: 'w' })
      expect(await run.result, String(value)).toMatchObject({ status })
    }
  })
})

describe('Node', () => {
  it('takes linked packages of a workspace from the worktree', async () => {
    const repo = temporaryRepository({
      'package.json': JSON.stringify({ name: 'root', workspaces: ['packages/*'], dependencies: {} }),
      '.gitignore': 'node_modules\n',
      'packages/a/package.json': JSON.stringify({ name: '@m/a', main: 'index.js' }),
      'packages/a/index.js': 'module.exports = 1\n',
      'check.js': "if (require('@m/a') !== 1) throw new Error('changed')\n",
    })
    mkdirSync(join(repo.dir, 'node_modules/@m'), { recursive: true })
    mkdirSync(join(repo.dir, 'node_modules/.bin'), { recursive: true })
    // Links of some installers are absolute, and so are the paths in their start scripts.
    symlinkSync(join(repo.dir, 'packages/a'), join(repo.dir, 'node_modules/@m/a'))
    write(repo.dir, { 'node_modules/.bin/tool': `#!/bin/sh\nexport NODE_PATH="${repo.dir}/node_modules"\n` })
    for (const [value, status] of [
      [2, 'failed'],
      [1, 'passed'],
    ] as const) {
      const { engine } = world({
        repo,
        workflows: { w: gate },
        script: writing('packages/a/index.js', `module.exports = ${value} // changed\n`),
        settings: {
          gateCommands: {
            test: 'node check.js && ! grep -r "' + repo.dir + '/node_modules" node_modules/.bin',
          },
          worktree: { dir: null, setup: 'auto', copy: [], link: [], submodules: false },
        },
      })
      const run = await engine.start({ workflow: 'w' })
      expect(await run.result, String(value)).toMatchObject({ status })
    }
  })

  it('is not believed where it finds them in a folder above', async () => {
    const repo = temporaryRepository({
      'package.json': JSON.stringify({ name: 'root', workspaces: ['packages/*'] }),
      '.gitignore': 'node_modules\n',
      'packages/a/package.json': JSON.stringify({ name: '@m/a', main: 'index.js' }),
      'packages/a/index.js': 'module.exports = 1\n',
      'check.js': "require('@m/a')\n",
    })
    mkdirSync(join(repo.dir, 'node_modules/@m'), { recursive: true })
    symlinkSync('../../packages/a', join(repo.dir, 'node_modules/@m/a'))
    const { engine } = world({
      repo,
      workflows: {
        w: 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [test], retry: [{exit: 3}]}\n',
      },
      script: writing('packages/a/index.js', 'broken(\n'),
      settings: {
        gateCommands: { test: 'node check.js' },
        worktree: { dir: '.trees', setup: 'off', copy: [], link: [], submodules: false },
      },
    })
    const run = await engine.start({ workflow: 'w' })
    const result = await run.result
    expect(result).toMatchObject({ status: 'failed' })
    expect(result.reason).toContain(`Node would take @m/a from ${repo.dir}/packages/a`)
    expect((await engine.events(run.id)).filter(({ type }) => type === 'step_started')).toHaveLength(1)
  })
})
