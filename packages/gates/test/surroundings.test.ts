import { describe, expect, it } from 'vitest'
import { environmentInside, foreignSources, relocated, spellingsOf } from '../src/index.js'
import { ownPackages } from '../src/surroundings/own-packages.js'
import { project } from './project.js'

describe('environmentInside', () => {
  const inside = (env: Record<string, string>): Record<string, string> =>
    environmentInside(env, ['/home/me/repo', '/mnt/link'], '/tmp/wt')

  it.each([
    ['PYTHONPATH', '/home/me/repo/src:/opt/x', '/tmp/wt/src:/opt/x'],
    ['NODE_PATH', '/home/me/repo/node_modules', '/tmp/wt/node_modules'],
    ['CARGO_TARGET_DIR', '/home/me/repo/target', '/tmp/wt/target'],
    ['GOWORK', '/home/me/repo/go.work', '/tmp/wt/go.work'],
    [
      'NODE_OPTIONS',
      '--require=/home/me/repo/hook.js --import file:///home/me/repo/x.mjs',
      '--require=/tmp/wt/hook.js --import file:///tmp/wt/x.mjs',
    ],
    ['PATH', '/usr/bin:/mnt/link/.venv/bin', '/usr/bin:/tmp/wt/.venv/bin'],
    ['ROOT', '/home/me/repo', '/tmp/wt'],
    ['OTHER', '/home/me/repo-2/src:/x/home/me/repo', '/home/me/repo-2/src:/x/home/me/repo'],
    ['PWD', '/home/me/repo', '/home/me/repo'],
  ])('moves %s', (name, before, after) => {
    expect(inside({ [name]: before })).toEqual({ [name]: after })
  })

  it('leaves a worktree within the checkout alone', () => {
    expect(relocated('/r/.gump/wt/a:/r/b', ['/r'], '/r/.gump/wt')).toBe('/r/.gump/wt/a:/r/.gump/wt/b')
  })

  it('knows the names that lead to the checkout', () => {
    const real = (path: string): string | null => path.replace(/^\/link/, '/repo')
    expect(spellingsOf('/repo', { PYTHONPATH: '/link/src:/other' }, real)).toEqual(['/repo', '/link'])
  })
})

describe('ownPackages', () => {
  it('finds packages of src and flat layouts, namespaces, modules and workspaces', async () => {
    const files = project({
      'pyproject.toml': '[project]\nname = "My-Pkg"\n',
      'src/my_pkg/__init__.py': '',
      'src/space/inner/__init__.py': '',
      'flat/__init__.py': '',
      'module.py': '',
      'tests/__init__.py': '',
      'setup.py': '',
      'package.json': JSON.stringify({ name: 'root', workspaces: ['packages/*'] }),
      'packages/a/package.json': '{"name":"@m/a"}',
    })
    const { python, node } = await ownPackages(files)
    expect(python.map(({ name, root }) => `${root}:${name}`).toSorted()).toEqual([
      ':flat',
      ':module',
      'src:my_pkg',
      'src:space.inner',
    ])
    expect(node).toEqual(['root', '@m/a'])
  })
})

describe('foreignSources', () => {
  it('names what lies in the checkout, or is installed elsewhere in place of the own', () => {
    const output =
      'a\t/repo/src/a\nb\t/wt/src/b\njson\t/usr/lib/python3/json\nc\t/usr/lib/python3/dist-packages/c\nsys.path\t/repo/src\nsys.path\t/repo/.venv/lib/python3/site-packages\nnonsense\n'
    const places = { checkout: ['/repo'], worktree: ['/wt'] }
    const found = foreignSources({ language: 'Python', command: '', env: {} }, output, places)
    expect(found.map(({ name, path }) => `${name} ${path}`)).toEqual([
      'a /repo/src/a',
      'c /usr/lib/python3/dist-packages/c',
      'sys.path /repo/src',
    ])
  })
})
