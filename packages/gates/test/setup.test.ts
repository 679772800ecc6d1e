import { describe, expect, it } from 'vitest'
import { resolveSetup } from '../src/index.js'
import { packageJson, project } from './project.js'

const node = { 'package.json': packageJson({}) }

describe('resolveSetup', () => {
  it.each([
    [{ ...node, 'package-lock.json': '{}' }, 'npm ci --prefer-offline --no-audit --no-fund', 'node_modules/'],
    [{ ...node, 'pnpm-lock.yaml': '' }, 'pnpm install --frozen-lockfile --prefer-offline', 'node_modules/'],
    [
      { ...node, 'yarn.lock': '# yarn lockfile v1' },
      'yarn install --frozen-lockfile --prefer-offline --non-interactive',
      'node_modules/',
    ],
    [{ ...node, 'yarn.lock': '__metadata:\n  version: 8' }, 'yarn install --immutable', 'node_modules/'],
    [{ ...node, 'bun.lock': '' }, 'bun install --frozen-lockfile', 'node_modules/'],
    [{ 'pyproject.toml': '', 'uv.lock': '' }, 'uv sync --frozen', '/.venv/'],
    [{ 'pyproject.toml': '', 'poetry.lock': '' }, 'poetry install --no-interaction', '/.venv/'],
    [{ Pipfile: '', 'Pipfile.lock': '' }, 'pipenv sync --dev', '/.venv/'],
    [
      { Gemfile: '', 'Gemfile.lock': '' },
      'BUNDLE_FROZEN=true bundle install --prefer-local',
      '/vendor/bundle/',
    ],
    [
      { 'composer.json': '', 'composer.lock': '' },
      'composer install --no-interaction --no-progress --prefer-dist',
      '/vendor/',
    ],
    [{ 'mix.exs': '', 'mix.lock': '' }, 'mix deps.get --check-locked', '/deps/'],
    [{ 'a.csproj': '', 'packages.lock.json': '' }, 'dotnet restore --locked-mode', 'obj/'],
    [{ 'go.mod': '', 'go.sum': '' }, 'go mod download', undefined],
    [{ 'Cargo.toml': '', 'Cargo.lock': '' }, 'cargo fetch --locked', undefined],
  ])('%j: %s', async (files, command, produces) => {
    const plan = await resolveSetup({ files: project(files) })
    const lockfile = Object.keys(files).at(-1)!
    expect(plan).toMatchObject({
      commands: [command],
      lockfiles: [lockfile],
      because: `${lockfile} is present`,
    })
    expect(plan?.produces[0]).toBe(produces)
  })

  it('installs from the manifest where there is no lockfile', async () => {
    const files = { 'package.json': packageJson({}, { devDependencies: { vitest: '4' } }) }
    expect(await resolveSetup({ files: project(files) })).toMatchObject({
      steps: [
        {
          command: 'npm install --no-package-lock --prefer-offline --no-audit --no-fund',
          pinned: false,
          clones: 'node_modules',
        },
      ],
      because: 'package.json is present, without a lockfile',
    })
  })

  it('is nothing where nothing is needed', async () => {
    expect(await resolveSetup({ files: project(node) })).toBeNull()
    expect(await resolveSetup({ files: project({ 'requirements.txt': 'a' }) })).toBeNull()
    expect(await resolveSetup({ files: project({}) })).toBeNull()
  })

  it('installs for every kind of project at the root, and says what it leaves out', async () => {
    const files = { ...node, 'package-lock.json': '', 'pyproject.toml': '', 'uv.lock': '' }
    expect((await resolveSetup({ files: project(files) }))?.commands).toHaveLength(2)
    const findProgram = (name: string): string | undefined => (name === 'npm' ? '/usr/bin/npm' : undefined)
    expect(await resolveSetup({ files: project(files), findProgram })).toMatchObject({
      commands: ['npm ci --prefer-offline --no-audit --no-fund'],
      lockfiles: ['package-lock.json'],
      because: 'package-lock.json is present; uv.lock is present, but uv is not on PATH, so it is left out',
    })
  })

  it('works in the one project below', async () => {
    const files = project({ 'my api/composer.json': '', 'my api/composer.lock': '' })
    expect(await resolveSetup({ files })).toEqual({
      commands: ["cd $'my api' && composer install --no-interaction --no-progress --prefer-dist"],
      steps: [
        {
          command: "cd $'my api' && composer install --no-interaction --no-progress --prefer-dist",
          pinned: true,
          clones: 'vendor',
          folder: 'my api',
          local: true,
        },
      ],
      lockfiles: ['my api/composer.lock'],
      produces: [String.raw`/my\ api/vendor/`],
      because: 'my api/composer.lock is present',
    })
    const web = project({ 'web/package.json': '{}', 'web/package-lock.json': '' })
    expect((await resolveSetup({ files: web }))?.produces).toEqual(['/web/**/node_modules/'])
  })
})
