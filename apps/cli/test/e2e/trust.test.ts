import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { describe, expect, it } from 'vitest'

import { bin } from './support/bin.js'
import { onTerminal, trustPlugins } from './support/terminal.js'
import { type World, world } from './support/world.js'
import { oneStep, project, succeeds } from './support/workflows.js'

/** Leaves a mark when it is loaded, and says from where. */
const gate = (name = 'has_done') => `import { writeFileSync } from 'node:fs'
writeFileSync(process.env.HOME + '/loaded', import.meta.url)
export default {
  name: '${name}', summary: 'done.txt is there', argument: 'none', required: true,
  run: async ({ files }) =>
    files.some(({ path }) => path === 'done.txt') ? { status: 'pass' } : { status: 'fail', error: 'no done.txt' },
}
`
const path = './plugins/gate/index.js'
const run = ['run', 'one', '--spec', 'spec.md', '--allow-dirty']

function withPlugin(listed = path, more: Readonly<Record<string, string>> = {}): World {
  return world(
    project(succeeds, {
      '.gump/workflows/one.yaml': oneStep.replace('- bash: test -f done.txt', '- has_done'),
      '.gitignore': 'node_modules/\n',
      'gump.toml': `[plugins]\npackages = [${JSON.stringify(listed)}]\n[agents.scripted]\nscript = "agent.yaml"\n`,
      'plugins/gate/package.json': JSON.stringify({ name: 'gate', type: 'module', exports: './index.js' }),
      'plugins/gate/index.js': gate(),
      ...more,
    }),
  )
}

const loaded = ({ home }: World): string | null =>
  existsSync(join(home, 'loaded')) ? readFileSync(join(home, 'loaded'), 'utf8') : null

describe('without consent', () => {
  it('a run is refused with the remedy', async () => {
    const here = withPlugin()
    const { code, stderr, stdout } = await here.gump(run)
    expect([code, stdout, loaded(here)]).toEqual([2, '', null])
    expect(stderr).toContain('GUMP-C010')
    expect(stderr).toContain('gump.toml:2')
    expect(stderr).toContain(`gump trust ${path}`)
    expect(JSON.parse((await here.gump(['runs', '--json'])).stdout)).toEqual([])
  })

  it('a dry run names the plugin, plans around it and loads nothing', async () => {
    const here = withPlugin()
    const { code, stderr, stdout } = await here.gump([...run, '--dry-run'])
    expect([code, loaded(here)]).toEqual([0, null])
    expect(stderr).toContain(`plugin ${path} waits for your consent and is not loaded: gump trust ${path}\n`)
    expect(stdout).toContain('has_done')
  })

  it.each([
    [['doctor']],
    [['models']],
    [['playbook', 'list']],
    [['playbook', 'validate', 'one']],
    [['playbook', 'migrate', 'one']],
    [['schema', 'workflow']],
    [['completion', 'bash']],
    [['config', 'list']],
    [['init']],
    [['status']],
    [['stats']],
    [['gc', '--dry-run']],
    [['trust']],
    [['trust', '--json']],
    [['trust', path]],
    [['trust', path, '--json']],
  ])('%j loads nothing', async (args) => {
    const here = withPlugin()
    await here.gump(args)
    expect(loaded(here)).toBeNull()
  })

  it('a client of gump mcp gets no run, and nothing is loaded', async () => {
    const here = withPlugin()
    const client = new Client({ name: 'test', version: '1' })
    const env = { PATH: process.env['PATH'] ?? '', HOME: here.home }
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args: [bin, 'mcp'], cwd: here.repo.dir, env }),
    )
    const answer = await client.callTool({ name: 'run', arguments: { workflow: 'one', spec: 'spec.md' } })
    const outside = await client.callTool({
      name: 'run',
      arguments: { workflow: 'one', spec: '../../etc/hostname' },
    })
    await client.close()
    expect(JSON.stringify(outside)).toContain('is outside the repository')
    expect(JSON.stringify(answer)).toContain('GUMP-C010')
    expect(answer.isError).toBe(true)
    expect(loaded(here)).toBeNull()
  })
})

describe('consent', () => {
  it('is given on a terminal, and what is loaded is a copy', async () => {
    const here = withPlugin()
    const { code, screen } = await onTerminal(here, ['trust', path], { answer: 'yes' })
    expect(code).toBe(0)
    for (const word of ['index.js', 'package.json', 'Hash ', here.repo.dir]) expect(screen).toContain(word)
    expect(loaded(here)).toBeNull()
    expect((await here.gump(run)).code).toBe(0)
    expect(loaded(here)).toContain(join(here.home, '.gump/plugins/'))
  })

  it.each([['n'], [''], ['yes please'], ['trust']])('is not given by the answer %j', async (answer) => {
    const here = withPlugin()
    expect((await onTerminal(here, ['trust', path], { answer })).code).toBe(1)
    expect((await here.gump(run)).code).toBe(2)
  })

  it('is not given by a pipe, a flag or a variable, nor from inside an agent', async () => {
    const here = withPlugin()
    for (const args of [
      ['trust', path],
      ['trust', path, '--yes'],
      ['trust', path, '-y'],
    ]) {
      expect((await here.gump(args, { env: { GUMP_TRUST: path, GUMP_YES: '1', CI: '1' } })).code).toBe(2)
    }
    const inside = await onTerminal(here, ['trust', path], {
      answer: 'y',
      env: { GUMP_CONTAINER: 'run/impl' },
    })
    expect(inside.code).toBe(2)
    expect((await here.gump(run)).code).toBe(2)
    expect(loaded(here)).toBeNull()
  })

  it('is asked for again when any file of the plugin changes, comes or goes', async () => {
    const here = withPlugin()
    await trustPlugins(here, path)
    const changes: readonly (() => void)[] = [
      () => here.repo.write('plugins/gate/index.js', `${gate()}// more\n`),
      () => here.repo.write('plugins/gate/lib/new.js', 'export {}\n'),
      () => rmSync(join(here.repo.dir, 'plugins/gate/lib'), { recursive: true }),
      () =>
        renameSync(join(here.repo.dir, 'plugins/gate/index.js'), join(here.repo.dir, 'plugins/gate/main.js')),
    ]
    for (const change of changes) {
      change()
      const { code, stderr } = await here.gump(run)
      expect([code, loaded(here)]).toEqual([2, null])
      expect(stderr).toMatch(/has changed since you consented to it|GUMP-C007/u)
      if (!stderr.includes('C007')) await trustPlugins(here, path)
    }
  })

  it('shows what has changed', async () => {
    const here = withPlugin()
    await trustPlugins(here, path)
    here.repo.write('plugins/gate/index.js', gate('other'))
    here.repo.write('plugins/gate/new.js', 'export {}\n')
    expect((await here.gump(['trust'])).stdout).toContain('changed since you consented: not loaded')
    const { stdout } = await here.gump(['trust', path])
    expect(stdout).toContain('Changed since you consented\n  ~ index.js\n  + new.js\n')
  })

  it('covers what the plugin depends on, and that is copied, too', async () => {
    const here = withPlugin('gate', {})
    const at = (file: string) => `node_modules/${file}`
    const manifest = (name: string, dependencies: Record<string, string> = {}) =>
      JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js', dependencies })
    here.repo.write(at('gate/package.json'), manifest('gate', { '@acme/far': '1' }))
    here.repo.write(at('gate/index.js'), `import '@acme/far'\n${gate()}`)
    here.repo.write(at('@acme/far/package.json'), manifest('@acme/far', { near: '1' }))
    here.repo.write(at('@acme/far/index.js'), "import 'near'\n")
    here.repo.write(at('@acme/far/node_modules/near/package.json'), manifest('near', { '@acme/far': '1' }))
    here.repo.write(at('@acme/far/node_modules/near/index.js'), 'globalThis.near = 1\n')
    await trustPlugins(here, 'gate')
    expect((await here.gump(run)).code).toBe(0)
    here.repo.write(at('@acme/far/node_modules/near/index.js'), 'globalThis.near = 2\n')
    expect((await here.gump(run)).stderr).toContain('has changed since you consented to it')
  })

  it('is of one repository and one name', async () => {
    const here = withPlugin()
    await trustPlugins(here, path)
    const other = withPlugin()
    const options = { env: { HOME: here.home } }
    expect((await other.gump(run, options)).stderr).toContain('GUMP-C010')
    here.repo.write(
      'gump.toml',
      here.repo.read('gump.toml').replace(path, './plugins/../plugins/gate/index.js'),
    )
    expect((await here.gump(run)).stderr).toContain('GUMP-C010')
  })

  it('can be taken back', async () => {
    const here = withPlugin()
    await trustPlugins(here, path)
    expect((await here.gump(['trust', path, '--revoke'])).code).toBe(0)
    expect((await here.gump(run)).stderr).toContain('GUMP-C010')
    expect((await here.gump(['trust', path, '--revoke'])).code).toBe(1)
  })

  it('is not fooled by a copy that was changed', async () => {
    const here = withPlugin()
    await trustPlugins(here, path)
    expect((await here.gump(run)).code).toBe(0)
    const copy = new URL(loaded(here) ?? '').pathname
    writeFileSync(copy, "throw new Error('not what was consented to')\n")
    expect((await here.gump(run)).code).toBe(0)
    expect(readFileSync(copy, 'utf8')).toBe(gate())
  })
})

describe('a repository', () => {
  const elsewhere = (here: World, kind: string): string => {
    here.atHome('evil/index.mjs', gate())
    if (kind === 'absolute path') return join(here.home, 'evil/index.mjs')
    if (kind === 'file URL') return `file://${join(here.home, 'evil/index.mjs')}`
    if (kind === 'data URL') return `data:text/javascript,${encodeURIComponent(gate())}`
    if (kind === 'path out') return `../${here.home.split('/').at(-1)}/evil/index.mjs`
    if (kind === 'home') return '~/evil/index.mjs'
    if (kind === 'import map') return '#evil'
    if (kind === 'module of Node') return 'node:fs'
    symlinkSync(join(here.home, 'evil'), join(here.repo.dir, 'linked'))
    return './linked/index.mjs'
  }
  it.each([
    'absolute path',
    'file URL',
    'data URL',
    'path out',
    'home',
    'import map',
    'module of Node',
    'link',
  ])('cannot list a plugin by %s', async (kind) => {
    const here = withPlugin()
    const listed = elsewhere(here, kind)
    here.repo.write(
      'gump.toml',
      here.repo.read('gump.toml').replace(JSON.stringify(path), JSON.stringify(listed)),
    )
    for (const args of [run, [...run, '--dry-run']]) {
      const { code, stderr } = await here.gump(args)
      expect([code, loaded(here)]).toEqual([2, null])
      expect(stderr).toContain('GUMP-C007')
    }
    expect((await onTerminal(here, ['trust', listed], { answer: 'y' })).code).toBe(2)
  })

  it('cannot hide a link or a pipe in the folder of a plugin', async () => {
    const here = withPlugin()
    symlinkSync('/etc/hostname', join(here.repo.dir, 'plugins/gate/data'))
    expect((await here.gump(run)).stderr).toContain('data is a link')
  })
})

describe("a user's own plugin", () => {
  const own = (here: World, listed: string) => {
    here.repo.write('gump.toml', '[agents.scripted]\nscript = "agent.yaml"\n')
    here.atHome('.gump/config.toml', `[plugins]\npackages = [${JSON.stringify(listed)}]\n`)
  }

  it('is loaded from where it is', async () => {
    const here = withPlugin()
    here.atHome('mine/index.mjs', gate())
    own(here, '~/mine/index.mjs')
    const { code, stderr } = await here.gump(run)
    expect([code, stderr]).toEqual([0, expect.stringContaining('plugin ~/mine/index.mjs\n')])
    expect(loaded(here)).toContain(join(here.home, 'mine'))
  })

  it('may be a package below ~/.gump, which nothing in a repository takes the place of', async () => {
    const here = withPlugin()
    const manifest = JSON.stringify({ name: 'gate', type: 'module', exports: './index.js' })
    here.atHome('.gump/node_modules/gate/package.json', manifest)
    here.atHome('.gump/node_modules/gate/index.js', gate())
    mkdirSync(join(here.repo.dir, 'node_modules/gate'), { recursive: true })
    here.repo.write('node_modules/gate/package.json', manifest)
    here.repo.write('node_modules/gate/index.js', 'throw new Error("of the repository")\n')
    own(here, 'gate')
    expect((await here.gump(run)).code).toBe(0)
    expect(loaded(here)).toContain(join(here.home, '.gump/node_modules/gate'))
  })

  it('still needs consent when the repository holds it', async () => {
    const here = withPlugin()
    own(here, path)
    expect((await here.gump(run)).stderr).toContain('GUMP-C010')
    await trustPlugins(here, path)
    expect((await here.gump(run)).code).toBe(0)
  })
})

describe('plugins and engine', () => {
  it('share the packages of Gump', async () => {
    const here = withPlugin(path, {
      'plugins/gate/index.js': `import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { GumpError } from '@gump/errors'
import { defineGate } from '@gump/gates'
const own = (() => {
  try { defineGate({ name: 'Not a name' }) } catch (error) { return error instanceof GumpError }
})()
const from = realpathSync(fileURLToPath(import.meta.resolve('@gump/errors')))
export default defineGate({
  name: 'has_done', summary: 'x', argument: 'none', required: true,
  run: async () => { throw new GumpError('GUMP-R001', JSON.stringify({ own, from })) },
})
`,
      // What the repository has installed under these names is not taken for them.
      'node_modules/@gump/errors/package.json':
        '{"name":"@gump/errors","type":"module","exports":"./index.js"}',
      'node_modules/@gump/errors/index.js': 'export class GumpError {}\n',
    })
    await trustPlugins(here, path)
    const { stdout, stderr } = await here.gump(run)
    const bundle = realpathSync(join(dirname(bin), '../dist'))
    expect((stdout + stderr).replaceAll(/\s+/gu, ' ')).toContain(
      `GUMP-R001: ${JSON.stringify({ own: true, from: join(bundle, 'packages/errors/index.js') })}`,
    )
    // One copy: what a plugin imports is what the engine's own code was cut into, and no second bundle of it.
    expect(readFileSync(join(bundle, 'packages/errors/index.js'), 'utf8')).not.toContain('class GumpError')
  })
})
