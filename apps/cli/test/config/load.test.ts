import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { DEFAULT_SECRET_PATTERNS } from '@gump/process'
import { formatError, type GumpError, isGumpError } from '@gump/errors'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { type Configuration, requireKey } from '../../src/config/configuration.js'
import { loadConfiguration } from '../../src/config/load.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gump-config-'))
  await mkdir(join(folder, 'repo'))
  await mkdir(join(folder, 'home/.gump'), { recursive: true })
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function load(given: {
  readonly project?: string
  readonly user?: string
  readonly env?: Record<string, string>
}): Promise<Configuration> {
  if (given.project !== undefined) await writeFile(join(folder, 'repo/gump.toml'), given.project)
  if (given.user !== undefined) await writeFile(join(folder, 'home/.gump/config.toml'), given.user)
  return await loadConfiguration({
    root: join(folder, 'repo'),
    home: join(folder, 'home'),
    env: given.env ?? {},
  })
}

async function refusal(given: Parameters<typeof load>[0]): Promise<GumpError> {
  const error = await load(given).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!isGumpError(error)) throw new Error('it was accepted')
  return error
}

describe('precedence', () => {
  it('starts with the defaults', async () => {
    const config = await load({})
    expect(config.text('default_agent')).toBe('claude-sonnet')
    expect(config.find('default_agent')?.source).toBe('default')
    expect(config.number('parallel', 'jobs')).toBeUndefined()
  })

  it('puts the project over the user and the environment over both, key by key', async () => {
    const config = await load({
      user: 'default_agent = "qwen"\n[parallel]\njobs = 2\n[budget]\nmax_budget = 1\n',
      project: 'default_agent = "codex"\n[parallel]\njobs = 3\n',
      env: { GUMP_PARALLEL_JOBS: '7' },
    })
    expect(config.find('default_agent')).toMatchObject({
      value: 'codex',
      source: 'project',
      where: 'gump.toml:1',
    })
    expect(config.find('parallel', 'jobs')).toMatchObject({ value: 7, where: 'GUMP_PARALLEL_JOBS' })
    expect(config.find('budget', 'max_budget')).toMatchObject({ value: 1, where: '~/.gump/config.toml:5' })
  })

  it('accepts what there is nothing to do for any more, with a note', async () => {
    const config = await load({
      user: '[analytics]\nenabled = false\nendpoint = "https://example.com"\n[update]\ncheck = true\n',
      project: '[validation]\ntest_cmd = "make test"\ntimeout = "5m"\n',
      env: { GUMP_NO_UPDATE_CHECK: '1' },
    })
    expect(config.text('gates', 'test')).toBe('make test')
    expect(
      config.diagnostics.map(
        ({ severity, code, file, range, message }) =>
          `${severity} ${code} ${file ?? '-'}:${range?.start.line ?? '-'} ${message}`,
      ),
    ).toEqual([
      'note GUMP-C009 ~/.gump/config.toml:1 analytics is ignored: Gump sends no usage data',
      'note GUMP-C009 ~/.gump/config.toml:4 update is ignored: Gump never looks for newer versions of itself',
      'note GUMP-C009 gump.toml:3 validation.timeout is ignored: every gate has a limit of its own, of 10 minutes where none is written',
      'note GUMP-C009 -:- GUMP_NO_UPDATE_CHECK is ignored: Gump never looks for newer versions of itself',
    ])
  })

  it('knows the short names of keys that config set took', () => {
    expect(requireKey('verbose').path).toEqual(['display', 'verbose'])
    expect(requireKey('test_cmd').path).toEqual(['gates', 'test'])
  })

  it('reads the older spelling of the gate commands', async () => {
    const config = await load({ project: '[validation]\ncompile_cmd = "cd x && make"\n' })
    expect(config.text('gates', 'compile')).toBe('cd x && make')
  })

  it('reads tables whose names the user chooses', async () => {
    const config = await load({
      user: '[agents.alias]\nclaude-opus = "codex"\n[agents.mine]\ncommand = "my-agent --go"\n[pricing."gpt-5.1"]\ninput = 0\n',
      env: { GUMP_AGENTS_CODEX_EXECUTABLE: '/opt/codex' },
    })
    expect([...config.tableOf('agents', 'alias')]).toEqual([['claude-opus', 'codex']])
    expect([...config.tableOf('agents', '*', 'command')]).toEqual([['mine', 'my-agent --go']])
    expect([...config.tableOf('agents', '*', 'executable')]).toEqual([['codex', '/opt/codex']])
    expect(config.number('pricing', 'gpt-5.1', 'input')).toBe(0)
  })
})

describe('a repository', () => {
  it('cannot loosen the sandbox, and is reported', async () => {
    const config = await load({ user: 'sandbox.mode = "require"\n', project: '[sandbox]\nmode = "off"\n' })
    expect(config.text('sandbox', 'mode')).toBe('require')
    expect(config.diagnostics.map(({ message }) => message)).toEqual([
      'gump.toml:2 asks for sandbox.mode = "off", but a repository can only tighten it; "require" stays in force',
    ])
  })

  it('can tighten the sandbox, and its user can loosen it again', async () => {
    const project = 'sandbox.mode = "strict"\n'
    expect((await load({ project })).text('sandbox', 'mode')).toBe('strict')
    expect((await load({ project, env: { GUMP_SANDBOX_MODE: 'off' } })).text('sandbox', 'mode')).toBe('off')
  })

  it('adds to what is hidden and takes nothing away', async () => {
    const config = await load({
      user: 'sandbox.hide = ["~/.ssh"]\n',
      project: 'sandbox.hide = ["secrets"]\n[gates]\nsecret_env = ["MY_*"]\n',
    })
    expect(config.list('sandbox', 'hide')).toEqual(['~/.ssh', 'secrets'])
    expect(config.list('gates', 'secret_env')).toEqual([...DEFAULT_SECRET_PATTERNS, 'MY_*'])
  })

  it.each([
    ['[agents.claude]\nexecutable = "./evil"\n', 'agents.claude.executable'],
    ['[agents.x]\ncommand = "./evil"\n', 'agents.x.command'],
    ['sandbox.writable = ["/"]\n', 'sandbox.writable'],
  ])('may not say which programs run, nor what is writable: %j', async (project, key) => {
    const error = await refusal({ project })
    expect(error.code).toBe('GUMP-C004')
    expect(error.diagnostics[0]?.message).toBe(`a repository may not set ${key}`)
  })

  it.each([
    ['default_agent = "acp:bash -c env"\n', 'default_agent'],
    ['default_agent = "command:mine"\n', 'default_agent'],
    ['[agents.alias]\nclaude-opus = "acp:./evil"\n', 'agents.alias.claude-opus'],
    ['[agents]\nalias = { codex = " ACP : evil" }\n', 'agents.alias.codex'],
    ['agents.alias."x y" = "command:mine"\n', 'agents.alias."x y"'],
  ])('may not name a program where an agent belongs: %j', async (project, key) => {
    const error = await refusal({ project })
    expect(error.code).toBe('GUMP-C004')
    expect(error.diagnostics[0]?.message).toContain(`a repository may not name a program: ${key} = "`)
    expect(formatError(error, { sources: { 'gump.toml': project } })).toMatch(/gump\.toml:\d+:\d+/u)
    expect(formatError(error, {})).toContain('~/.gump/config.toml')
    const settings = (await load({ user: project, project: '' })).settings
    expect(settings.find(({ source }) => source === 'user')).toBeDefined()
  })

  it('may name other agents', async () => {
    const config = await load({ project: 'default_agent = "qwen"\nagents.alias.claude-opus = "codex"\n' })
    expect(config.text('default_agent')).toBe('qwen')
    expect([...config.tableOf('agents', 'alias')]).toEqual([['claude-opus', 'codex']])
  })

  it.each([
    ['budget.max_budget = 5\n', 'budget.max_budget = 6\n', 'lower', 5],
    ['budget.max_timeout = "1h"\n', 'budget.max_timeout = "61m"\n', 'lower', '1h'],
    ['parallel.jobs = 2\n', 'parallel.jobs = 64\n', 'lower', 2],
    ['pricing.m.input = 5\n', 'pricing.m.input = 0\n', 'raise', 5],
    ['durability = "power"\n', 'durability = "process"\n', 'tighten', 'power'],
  ])('over %j, cannot set %j', async (user, project, only, kept) => {
    const config = await load({ user, project })
    const [key = ''] = project.split(' ')
    expect(config.find(...key.split('.'))?.value).toBe(kept)
    expect(config.diagnostics[0]?.message).toContain(`a repository can only ${only} it`)
  })

  it.each([
    ['budget.max_budget = 5\n', 'budget.max_budget = 4\n', 4],
    ['', 'budget.max_budget = 6\n', 6],
    ['pricing.m.input = 5\n', 'pricing.m.input = 7\n', 7],
    ['', 'durability = "power"\n', 'power'],
  ])('over %j, can set %j', async (user, project, value) => {
    const config = await load({ user, project })
    const [key = ''] = project.split(' ')
    expect(config.find(...key.split('.'))?.value).toBe(value)
    expect(config.diagnostics).toEqual([])
  })

  it.each(['pipe', 'device', 'folder', 'link'])('is not read where gump.toml is a %s', async (kind) => {
    const file = join(folder, 'repo/gump.toml')
    await writeFile(join(folder, 'private.toml'), 'default_agent = "codex"\n')
    if (kind === 'pipe') execFileSync('sh', ['-c', 'mkfifo "$0"', file])
    if (kind === 'device') await symlink('/dev/zero', file)
    if (kind === 'folder') await mkdir(file)
    if (kind === 'link') await symlink(join(folder, 'private.toml'), file)
    const error = await refusal({})
    expect(error.code).toBe('GUMP-C001')
    expect(error.message).toMatch(/gump\.toml is a (?:pipe|link that leads out|folder)/u)
  })
})

describe('mistakes', () => {
  it('are reported all at once, each with its line and a caret', async () => {
    const project =
      'defualt_agent = "codex"\n\n[budget]\nmax_budget = -5\nmax_timeout = "banana"\n\n[parallel]\njobs = 2.5 # two and a half\n'
    const error = await refusal({ project })
    expect(formatError(error, { sources: { 'gump.toml': project }, width: 100 })).toMatchInlineSnapshot(`
      "gump.toml:1:1  GUMP-C002  unknown key defualt_agent
        1 | defualt_agent = "codex"
          | ^^^^^^^^^^^^^
          did you mean: default_agent

      gump.toml:4:14  GUMP-C003  illegal value for budget.max_budget
        4 | max_budget = -5
          |              ^^
          expected: a number above 0

      gump.toml:5:15  GUMP-C003  illegal value for budget.max_timeout
        5 | max_timeout = "banana"
          |               ^^^^^^^^
          expected: a duration such as 90s, 30m, 1h30m

      gump.toml:8:8  GUMP-C003  illegal value for parallel.jobs
        8 | jobs = 2.5 # two and a half
          |        ^^^
          expected: a whole number above 0

      GUMP-C002  the configuration has 4 mistakes
        Correct or remove the key; gump config list shows all of them."
    `)
  })

  it('of syntax have a place', async () => {
    const error = await refusal({ project: 'default_agent = "codex"\n[gates\ntest = "x"\n' })
    expect(error.code).toBe('GUMP-C001')
    expect(error.diagnostics[0]?.range?.start.line).toBe(2)
  })

  it('in both files are reported together', async () => {
    const error = await refusal({ project: 'a = 1\n', user: 'b = 1\n' })
    expect(error.diagnostics.map(({ file }) => file)).toEqual(['~/.gump/config.toml', 'gump.toml'])
  })

  it('in the environment name the variable', async () => {
    const error = await refusal({ env: { GUMP_PARALLEL_JOBS: 'many' } })
    expect(error.diagnostics[0]).toMatchObject({ code: 'GUMP-C003', expected: 'a whole number above 0' })
  })

  it('in the name of a variable are a warning', async () => {
    const config = await load({ env: { GUMP_PARALEL_JOBS: '2', GUMP_CONTAINER: 'x' } })
    expect(config.diagnostics).toMatchObject([{ severity: 'warning', suggestion: 'GUMP_PARALLEL_JOBS' }])
  })

  it('of kind are found: a table where a value belongs, and a value where a table belongs', async () => {
    const error = await refusal({ project: 'gates = "go test"\n[default_agent]\nname = "x"\n' })
    expect(error.diagnostics.map(({ code, range }) => [code, range?.start.line])).toEqual([
      ['GUMP-C002', 1],
      ['GUMP-C003', 2],
    ])
  })

  it('include a key that is called like a part of every object', async () => {
    const error = await refusal({ project: '__proto__ = 1\nconstructor = 2\n' })
    expect(error.diagnostics.map(({ code }) => code)).toEqual(['GUMP-C002', 'GUMP-C002'])
  })

  it('include a file of unreasonable size', async () => {
    const error = await refusal({ project: `# ${'x'.repeat(300_000)}\n` })
    expect(error.diagnostics[0]?.message).toBe('the file is larger than 256 KiB')
  })
})

describe('what people trip over', () => {
  it('asks for quotes around names with dots', async () => {
    const project = '[pricing.gpt-5.1]\ninput = 2\n[models]\ngpt-5.1 = "x"\n[agents.codex]\nfromat = "text"\n'
    const { diagnostics } = await refusal({ project })
    expect(diagnostics.map(({ message, suggestion }) => [message, suggestion])).toEqual([
      ['unknown key pricing.gpt-5.1', 'pricing."gpt-5.1"'],
      ['illegal value for models.gpt-5', 'models."gpt-5.1"'],
      ['unknown key agents.codex.fromat', 'format'],
    ])
    expect(() => requireKey('pricing.gpt-5.1.input')).toThrow(
      expect.objectContaining({
        remedy: 'Did you mean pricing."gpt-5.1".input? gump config list shows all keys.',
      }),
    )
  })

  it('names a file that is not UTF-8', async () => {
    await writeFile(join(folder, 'repo/gump.toml'), Buffer.from('\uFEFFlog_level = "warn"\n', 'utf16le'))
    const error = await refusal({})
    expect(error.message).toMatch(/gump\.toml is not UTF-8 text$/u)
    expect(error.remedy).toMatch(/UTF-8/u)
  })

  it('reads a file that begins with a byte order mark', async () => {
    const config = await load({ project: '\uFEFFlog_level = "warn"\r\n' })
    expect(config.text('log_level')).toBe('warn')
  })
})
