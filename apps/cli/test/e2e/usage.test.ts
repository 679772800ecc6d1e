import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { world } from './support/world.js'
import { project, succeeds } from './support/workflows.js'

describe('mistakes on the command line', () => {
  it.each([
    [['rnu'], 'gump has no command "rnu"'],
    [['playbook', 'lst'], 'Did you mean gump playbook list?'],
    [['resume'], 'Did you mean gump run --resume?'],
    [['cook', 'spec.md'], 'Did you mean gump run?'],
    [['cookbook', 'list'], 'Did you mean gump playbook?'],
    [['--log-level', 'debug', 'models'], 'GUMP_LOG_LEVEL=debug'],
    [['models', '--log-level', 'debug'], 'GUMP_LOG_LEVEL=debug'],
    [['run', 'one', '--agent-stub'], 'scripted:FILE'],
    [['run'], 'which workflow should run?'],
    [['run', 'one', '--spek', 'x'], 'nonexistent flag: --spek'],
    [['run', 'one', '--dryrun'], 'did you mean: --dry-run'],
    [['run', 'one', '--jobs', 'many'], '--jobs'],
    [['run', 'one', '--max-budget', '-1'], '--max-budget wants a number of USD above 0'],
    [['run', 'one', '--sandbox', 'loose'], 'auto, require, strict, off'],
    [['run', 'one', '--set', 'novalue'], '--set wants NAME=VALUE'],
    [['run', 'one', '--approve'], '--resume'],
    [['run', '--resume', '--set', 'a=b'], 'it takes no --set'],
    [['run', 'nope', '--spec', 'spec.md'], 'there is no workflow "nope"'],
    [['run', 'one', '--spec', 'missing.md'], 'missing.md cannot be read: it does not exist'],
    [['run', 'one', '--spec', '.gump'], '.gump cannot be read: it is a folder'],
    [['run', 'one', '--spec', 'spec.md', '--agent', 'scripted:missing.yaml'], 'missing.yaml'],
    [['config', 'get', 'defautl_agent'], 'Did you mean default_agent?'],
    [['config', 'set', 'parallel.jobs', 'many'], 'illegal value for parallel.jobs'],
    [['report', '--last', '0'], '--last'],
  ])('%j exits 2 with a message, no trace and no usage text', async (args, message) => {
    const { gump } = world(project(succeeds))
    const { code, stdout, stderr } = await gump(args)
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/^GUMP-[A-Z]\d{3} {2}/u)
    expect(stderr).not.toMatch(/^\s+at /mu)
    expect(stderr).not.toContain('USAGE')
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  it('shows mistakes in a workflow with their line', async () => {
    const workflow = 'name: bad\nsteps:\n  - name: a\n    type: code\n    promt: x\n    agent: scripted\n'
    const { gump } = world(project(succeeds, { '.gump/workflows/bad.yaml': workflow }))
    const { code, stderr } = await gump(['run', 'bad', '--spec', 'spec.md'])
    expect(code).toBe(2)
    expect(stderr).toContain('bad.yaml:5:5')
    expect(stderr).toContain('5 |     promt: x')
    expect(stderr).toContain('did you mean: prompt')
    expect((await gump(['playbook', 'validate', 'bad'])).code).toBe(2)
    expect((await gump(['playbook', 'validate', 'one'])).stdout).toBe('one: valid\n')
  })

  it('points at what was written on the command line', async () => {
    const { gump } = world(project(succeeds))
    const { stderr } = await gump(['run', 'one', '--spec', 'my spec.md', '--dryrun'])
    expect(stderr).toContain(
      "  $ | gump run one --spec 'my spec.md' --dryrun\n    |                                  ^^^^^^^^\n",
    )
    const agent = await gump(['run', 'one', '--spec', 'spec.md', '--agent', 'claud'])
    expect(agent.stderr).toContain(
      '  $ | gump run one --spec spec.md --agent claud\n    |                             ^^^^^^^^^^^^^\n',
    )
    expect(agent.stderr).not.toContain('one.yaml')
    expect(agent.code).toBe(2)
    const jobs = await gump(['run', 'one', '--jobs=many'])
    expect(jobs.stderr).toContain('  $ | gump run one --jobs=many\n    |              ^^^^^^^^^^^\n')
  })

  it('points at the configuration that names an agent nobody knows', async () => {
    const workflow = 'name: any\nsteps:\n  - name: a\n    type: code\n    prompt: x\n'
    const toml = '[display]\nverbose = false\n'
    const { gump } = world(
      project(succeeds, {
        '.gump/workflows/any.yaml': workflow,
        'gump.toml': `default_agent = "claud"\n${toml}`,
      }),
    )
    const { stderr, code } = await gump(['run', 'any', '--dry-run'])
    expect(stderr).toContain('gump.toml:1:17  GUMP-P005')
    expect(code).toBe(2)
  })

  it('shows mistakes in the configuration with their line', async () => {
    const { gump, repo } = world(project(succeeds))
    repo.write('gump.toml', '[gate]\ntest = "x"\n')
    const { code, stderr } = await gump(['run', 'one', '--spec', 'spec.md'])
    expect(code).toBe(2)
    expect(stderr).toContain('gump.toml:1:1')
    expect(stderr).toContain('did you mean: gates')
  })
})

describe('what was written for earlier versions', () => {
  it('keeps working, and learns what of it has no effect', async () => {
    const toml =
      '[agents.scripted]\nscript = "agent.yaml"\n[analytics]\nenabled = false\n[validation]\ntimeout = "5m"\n'
    const { gump, home } = world(project(succeeds, { 'gump.toml': toml }))
    const { code, stderr } = await gump(['run', 'spec.md', '--recipe', 'one'])
    expect(code).toBe(0)
    expect(stderr).toContain('gump.toml:3:1  GUMP-C009  note: analytics is ignored')
    expect(stderr).toContain('expected: timeout: 5m beside the gate in the workflow')
    expect(await gump(['config', 'set', 'analytics', 'false'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'analytics is ignored: Gump sends no usage data. Nothing was written.\n',
    })
    const verbose = await gump(['config', 'set', '--user', 'verbose', 'true'])
    expect([verbose.code, verbose.stdout]).toEqual([0, 'display.verbose = true  (~/.gump/config.toml)\n'])
    expect(readFileSync(join(home, '.gump/config.toml'), 'utf8')).toBe('[display]\nverbose = true\n')
  })
})

describe('every command', () => {
  it('has help with examples', async () => {
    const { gump } = world()
    const { stdout } = await gump(['--help'])
    const names = [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gmu)].map(([, name]) => name)
    expect(stdout).not.toContain('MORE')
    expect(names.length).toBeGreaterThan(17)
    for (const name of names) {
      const help = await gump([name ?? '', '--help'])
      expect(help.code, name).toBe(0)
      expect(help.stdout, name).toContain('EXAMPLES')
    }
  })

  it('tells its version', async () => {
    const { gump } = world()
    expect((await gump(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/u)
  })

  it('ends quietly when nobody reads on', async () => {
    const { start } = world()
    const help = start(['run', '--help'])
    help.child.stdout?.destroy()
    expect((await help.outcome).stderr).toBe('')
  })
})
