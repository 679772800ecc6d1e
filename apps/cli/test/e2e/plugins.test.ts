import { describe, expect, it } from 'vitest'

import { trustPlugins } from './support/terminal.js'
import { world } from './support/world.js'
import { oneStep, project, succeeds } from './support/workflows.js'

const plugin = `export default {
  name: 'has_done',
  summary: 'done.txt is there',
  argument: 'none',
  required: true,
  run: async ({ files }) =>
    files.some(({ path }) => path === 'done.txt') ? { status: 'pass' } : { status: 'fail', error: 'no done.txt' },
}
`
const files = project(succeeds, {
  '.gump/workflows/one.yaml': oneStep.replace('- bash: test -f done.txt', '- has_done'),
  'plugins/gate/package.json': JSON.stringify({ name: 'gate', type: 'module', exports: './index.js' }),
  'plugins/gate/index.js': plugin,
})
const toml = (name: string) => `[plugins]\npackages = ["${name}"]\n[agents.scripted]\nscript = "agent.yaml"\n`

describe('plugins', () => {
  it('add names to the language, and are named when a run starts', async () => {
    const here = world({ ...files, 'gump.toml': toml('./plugins/gate/index.js') })
    await trustPlugins(here, './plugins/gate/index.js')
    const { code, stdout, stderr } = await here.gump(['run', 'one', '--spec', 'spec.md'])
    expect(stderr).toBe('plugin ./plugins/gate/index.js\n')
    expect(stdout).toContain('has_done ✓')
    expect(code).toBe(0)
  })

  it('are not loaded by commands that only look', async () => {
    const here = world({ ...files, 'gump.toml': toml('./plugins/gate/index.js') })
    const { gump, repo } = here
    repo.write('plugins/gate/index.js', 'throw new Error("loaded")\n')
    await trustPlugins(here, './plugins/gate/index.js')
    expect(await gump(['runs'])).toMatchObject({ code: 0, stderr: '' })
    const run = await gump(['run', 'one', '--spec', 'spec.md', '--allow-dirty'])
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('GUMP-C007')
  })

  it('are not loaded to check a workflow: names that only they can bring are warnings', async () => {
    const { gump, repo } = world({ ...files, 'gump.toml': toml('./plugins/gate/index.js') })
    repo.write('plugins/gate/index.js', 'throw new Error("loaded")\n')
    const { code, stdout } = await gump(['playbook', 'validate', 'one'])
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain('unknown gate "has_done", unless a plugin brings it')
    expect(stdout).toContain('one: valid\n')
    expect(code).toBe(0)
    expect((await gump(['playbook', 'list'])).stdout).toMatch(/^one +project/mu)
  })

  it('may be packages that can only be imported', async () => {
    const here = world({ ...files, 'gump.toml': toml('only-import') })
    const { gump, repo } = here
    repo.write(
      'node_modules/only-import/package.json',
      JSON.stringify({ name: 'only-import', type: 'module', exports: { '.': { import: './index.js' } } }),
    )
    repo.write('node_modules/only-import/index.js', plugin)
    await trustPlugins(here, 'only-import')
    const { code, stdout } = await gump(['run', 'one', '--spec', 'spec.md', '--allow-dirty'])
    expect(stdout).toContain('has_done ✓')
    expect(code).toBe(0)
  })

  it.each([
    ['exits', 'process.exit(0)', 1],
    ['never answers', 'await new Promise(() => {})', 1],
    [
      'throws later',
      'setTimeout(() => { throw new Error("later") }); await new Promise((r) => setTimeout(r, 60_000))',
      1,
    ],
  ])('cannot end a command as if it had succeeded: one that %s', async (_how, text, expected) => {
    const here = world({
      ...files,
      'gump.toml': toml('gate'),
      'node_modules/gate/package.json': files['plugins/gate/package.json'] ?? '',
      'node_modules/gate/index.js': `${text}\n${plugin}`,
    })
    await trustPlugins(here, 'gate')
    const { code, stdout, stderr } = await here.gump(['run', 'one', '--spec', 'spec.md', '--allow-dirty'])
    expect(code).toBe(expected)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^plugin gate\nGUMP-R999 {2}\S/u)
    expect(stderr).not.toContain('    at ')
  })

  const agent = (name: string) =>
    `export default { name: '${name}', displayName: 'X', models: { aliases: {}, default: null },
  capabilities: {}, detection: null, launch: () => ({}), createParser: () => ({}) }\n`
  it.each([
    ['gate', 'bash', plugin.replace('has_done', 'bash')],
    [
      'guard',
      'max_turns',
      `export default { name: 'max_turns', summary: '', value: 'count', create: () => ({}) }\n`,
    ],
    ['agent', 'codex', agent('codex')],
    ['agent', 'claude-opus', agent('claude-opus')],
  ])('cannot take the place of the %s %s', async (kind, name, source) => {
    const here = world({ ...files, 'gump.toml': toml('./plugins/gate/index.js') })
    const { gump, repo } = here
    repo.write('plugins/gate/index.js', source)
    await trustPlugins(here, './plugins/gate/index.js')
    const { code, stderr } = await gump(['run', 'one', '--spec', 'spec.md', '--allow-dirty'])
    expect(stderr).toContain(`GUMP-C007`)
    expect(stderr).toContain(`brings the ${kind} "${name}", which there is already`)
    expect(code).toBe(2)
  })

  it('cannot take the place of one another', async () => {
    const here = world({
      ...files,
      'more/index.mjs': plugin,
      'gump.toml': toml('./plugins/gate/index.js", "./more/index.mjs'),
    })
    const { gump } = here
    await trustPlugins(here, './plugins/gate/index.js', './more/index.mjs')
    const { code, stderr } = await gump(['run', 'one', '--spec', 'spec.md'])
    expect(stderr).toContain('the plugin ./more/index.mjs brings the gate "has_done", which there is already')
    expect(code).toBe(2)
  })

  it('have names that workflows can tell apart from everything else', async () => {
    const here = world({ ...files, 'gump.toml': toml('./plugins/gate/index.js') })
    const { gump, repo } = here
    repo.write('plugins/gate/index.js', agent('Not A Name'))
    await trustPlugins(here, './plugins/gate/index.js')
    const { code, stderr } = await gump(['run', 'one', '--spec', 'spec.md', '--allow-dirty'])
    expect(stderr).toContain('"Not A Name" cannot be the name of an agent adapter')
    expect(code).toBe(2)
  })

  it('say what is wrong with them', async () => {
    const { gump } = world({ ...files, 'gump.toml': toml('@acme/missing') })
    const { code, stderr } = await gump(['run', 'one', '--spec', 'spec.md'])
    expect(code).toBe(2)
    expect(stderr).toContain('the plugin @acme/missing cannot be loaded')
  })
})
