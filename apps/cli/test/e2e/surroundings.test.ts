import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type World, world } from './support/world.js'
import { project, succeeds } from './support/workflows.js'

const packageJson = JSON.stringify({ name: 'x', scripts: { test: 'node --test', build: 'echo built' } })

/** A program on PATH that says its version, and by its exit code whether a user is signed in. */
const claude = (version: string, signedIn: number) =>
  `#!/bin/sh\n[ "$1" = --version ] && echo "${version} (Claude Code)" || exit ${signedIn}\n`

function install({ home, atHome }: World, name: string, source: string): { readonly PATH: string } {
  atHome(`bin/${name}`, source)
  chmodSync(join(home, 'bin', name), 0o755)
  return { PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}` }
}

describe('gump doctor', () => {
  it('is content when an agent is there, and says what the gates run and why', async () => {
    const here = world({ 'package.json': packageJson })
    const { gump } = here
    const env = install(here, 'claude', claude('2.1.329', 0))
    const { code, stdout, stderr } = await gump(['doctor', '--json'], { env })
    expect(stderr).toBe('')
    const findings = JSON.parse(stdout) as { name: string; status: string; detail: string }[]
    const find = (name: string) => findings.find((finding) => finding.name === name)
    expect(find('claude (default)')).toMatchObject({ status: 'ok', detail: '2.1.329, signed in' })
    expect(find('gate test')).toMatchObject({ status: 'untried' })
    expect(find('gate test')?.detail).toContain('npm test')
    expect(find('git repository')?.status).toBe('ok')
    expect(code).toBe(0)
    expect((await gump(['doctor'], { env })).stdout).toMatch(/\nReady\.\n$/u)
  })

  it('warns when nobody is signed in, and says how to', async () => {
    const here = world()
    const { code, stdout } = await here.gump(['doctor'], {
      env: install(here, 'claude', claude('2.1.329', 1)),
    })
    expect(stdout).toMatch(
      /^! claude \(default\) +2\.1\.329, nobody is signed in\n +Run claude and \/login/mu,
    )
    expect(code).toBe(0)
  })

  it('warns of a newer version than it knows, and asks it nothing else', async () => {
    const here = world()
    const { code, stdout } = await here.gump(['doctor'], {
      env: install(here, 'claude', claude('3.0.1', 1)),
    })
    expect(stdout).toMatch(/^! claude \(default\) +3\.0\.1, verified with 2\.1\.x\n/mu)
    expect(code).toBe(0)
  })

  it('does not call a program that tells no version probably good', async () => {
    const here = world()
    const { stdout } = await here.gump(['doctor'], { env: install(here, 'claude', '#!/bin/sh\nexit 1\n') })
    expect(stdout).toMatch(/^! claude \(default\) +of unknown version, verified with 2\.1\.x$/mu)
    expect(stdout.replaceAll(/\s+/gu, ' ')).toMatch(
      /claude --version told no version \(exit code 1\); it printed nothing\. Run claude --version by hand/u,
    )
    expect(stdout).not.toContain('probably')
  })

  it('knows the keys that a program does not mention', async () => {
    const here = world()
    const path = install(
      here,
      'codex',
      '#!/bin/sh\n[ "$1" = --version ] && echo codex-cli 0.169.0 || exit 1\n',
    )
    const env = { ...path, CODEX_API_KEY: 'sk-none' }
    expect((await here.gump(['doctor'], { env })).stdout).toMatch(/^✓ codex +0\.169\.0, signed in$/mu)
  })

  it('does not warn of agents that nobody asked for', async () => {
    const here = world()
    const { stdout } = await here.gump(['doctor'], { env: install(here, 'claude', claude('2.1.329', 0)) })
    expect(stdout).toMatch(/^· codex +not installed: npm install -g @openai\/codex$/mu)
  })

  it('needs no program where the default agent needs none', async () => {
    const { gump } = world({ 'gump.toml': 'default_agent = "scripted"\n' })
    const { code, stdout } = await gump(['doctor'])
    expect(stdout).toMatch(/^✓ configuration +from gump\.toml$/mu)
    expect(stdout).toMatch(/^✓ scripted \(default\) +nothing to install$/mu)
    expect(stdout).not.toContain('any agent')
    expect(code).toBe(0)
  })

  it('knows the programs that the user has made agents of, and starts none of them', async () => {
    const here = world()
    const { PATH } = install(here, 'bot', '#!/bin/sh\ntouch "$HOME/started"\n')
    here.atHome('.gump/config.toml', '[agents.mine]\ncommand = "bot {prompt_file}"\n')
    const env = { PATH: PATH.replace(/:.*/u, ':/usr/bin:/bin') }
    const { code, stdout } = await here.gump(['doctor'], { env })
    expect(stdout).toContain(`✓ command:mine      ${join(here.home, 'bin/bot')}\n`)
    expect(stdout).not.toContain('any agent')
    expect([code, existsSync(join(here.home, 'started'))]).toEqual([0, false])
    here.atHome('.gump/config.toml', '[agents.mine]\ncommand = "nobot"\n')
    const without = await here.gump(['doctor'], { env })
    expect(without.stdout).toMatch(/^! command:mine +there is no program nobot\n +Install it, or correct/mu)
    expect(without.code).toBe(1)
  })

  it('tells what stands in for an agent', async () => {
    const alias = 'claude-sonnet = "scripted-x"\nclaude-opus = "nobody"\n'
    const { gump } = world({ 'gump.toml': `[agents.alias]\n${alias}` })
    const { code, stdout } = await gump(['doctor'])
    expect(stdout).toMatch(
      /^✓ claude-sonnet \(default\) +an alias: scripted-x does its work and needs no program$/mu,
    )
    expect(stdout).toMatch(/^✗ claude-opus +an alias of "nobody", which is no agent$/mu)
    expect(stdout).not.toContain('any agent')
    expect(code).toBe(1)
  })

  it('says once that there is nothing, where no agent is installed and nothing can be built', async () => {
    const { gump, home } = world()
    const bare = { PATH: `${home}/bin:/usr/bin:/bin` }
    const { code, stdout } = await gump(['doctor'], { env: bare })
    expect(stdout).toMatch(
      /^! gates +no command for compile, test, lint, coverage, tests_found: no project file/mu,
    )
    expect(stdout).toMatch(/^! claude \(default\) +not installed: .*\n +Install it, or use another agent: /mu)
    expect(stdout).toMatch(/^✗ any agent +no agent is installed\n +Install one of those above/mu)
    expect(stdout).toMatch(/\n1 thing to repair\.\n$/u)
    expect(code).toBe(1)
  })

  it('exits 1 when something needed is broken, with the remedy', async () => {
    const { gump, repo } = world()
    repo.write('gump.toml', 'nonsense = 1\n')
    const { code, stdout } = await gump(['doctor'])
    expect(code).toBe(1)
    expect(stdout).toContain('✗ configuration')
    expect(stdout).toContain('to repair.')
  })
})

describe('gump models', () => {
  it('shows prices, with where and when they are from', async () => {
    const { gump } = world({
      'gump.toml':
        '[models]\nclaude-opus = "claude-opus-4-5"\n[pricing."my-model"]\ninput = 1\noutput = 4\ncache_read = 0.1\n',
    })
    const { code, stdout } = await gump(['models', '--prices', 'gpt-5.5', 'nobody-knows-me'])
    expect(code).toBe(0)
    const columns = stdout.split('\n').map((line) => line.split(/ {2,}/u))
    expect(columns[0]).toEqual(['MODEL', 'IN', 'OUT', 'CACHE READ', 'CACHE WRITE', 'SOURCE', 'DATE'])
    const source = '@pydantic/genai-prices 0.1.8: anthropic/claude-opus-4-5'
    expect(columns).toContainEqual(['claude-opus-4-5', '$5', '$25', '$0.5', '$6.25', source, '2026-09-23'])
    expect(columns).toContainEqual(['my-model', '$1', '$4', '$0.1', '$1', 'gump.toml:4', '–'])
    expect(columns.find(([model]) => model === 'gpt-5.5')?.slice(1, 3)).toEqual(['$5', '$30'])
    expect(columns).toContainEqual(['nobody-knows-me', ...Array<string>(4).fill('–'), 'no price known', '–'])
    expect(stdout).toMatch(/USD per million tokens/u)

    const listed = await gump(['models', '--prices', '--json', 'nobody-knows-me'])
    expect(JSON.parse(listed.stdout)).toContainEqual({ model: 'nobody-knows-me', price: null })
    expect((await gump(['models', 'gpt-5.5'])).code).toBe(2)
  })

  it('takes no price for the whole when a half is missing', async () => {
    const { gump } = world({ 'gump.toml': '[pricing."my-model"]\ninput = 1\n' })
    const { code, stderr } = await gump(['models', '--prices'])
    expect(stderr).toContain('GUMP-C003')
    expect(stderr).toContain('gump.toml:2')
    expect(stderr).toContain('pricing.my-model.output')
    expect(code).toBe(2)
  })
})

describe('gump init', () => {
  it('writes what fits the project, and never overwrites', async () => {
    const { gump, repo } = world({ 'package.json': packageJson })
    expect((await gump(['init'])).stdout).toContain('wrote gump.toml\nwrote spec.md\n')
    expect(repo.read('gump.toml')).toContain('# test = "npm test"')
    expect((await gump(['config', 'list'])).code).toBe(0)
    repo.write('spec.md', 'mine\n')
    expect((await gump(['init'])).stdout).toContain('spec.md is already there and stays as it is')
    expect(repo.read('spec.md')).toBe('mine\n')
  })
})

describe('gump config', () => {
  it('sets, gets and lists with sources', async () => {
    const { gump, repo, atHome } = world({ 'gump.toml': '# ours\n[parallel]\njobs = 2 # enough\n' })
    atHome('.gump/config.toml', 'default_agent = "codex"\n')
    expect((await gump(['config', 'set', 'parallel.jobs', '3'])).code).toBe(0)
    expect(repo.read('gump.toml')).toBe('# ours\n[parallel]\njobs = 3 # enough\n')
    expect((await gump(['config', 'get', 'parallel.jobs'])).stdout).toBe('3\n')
    const { stdout } = await gump(['config', 'list', '--json'], { env: { GUMP_SANDBOX_MODE: 'strict' } })
    expect(JSON.parse(stdout)).toEqual(
      expect.arrayContaining([
        { key: 'default_agent', value: 'codex', source: 'user', where: '~/.gump/config.toml:1' },
        { key: 'parallel.jobs', value: 3, source: 'project', where: 'gump.toml:3' },
        { key: 'sandbox.mode', value: 'strict', source: 'environment', where: 'GUMP_SANDBOX_MODE' },
      ]),
    )
  })

  it('keeps what a repository may not set out of it', async () => {
    const { gump, repo } = world()
    expect((await gump(['config', 'set', 'agents.codex.executable', './x'])).code).toBe(2)
    expect(repo.exists('gump.toml')).toBe(false)
    expect((await gump(['config', 'set', '--user', 'agents.codex.executable', '/opt/x'])).code).toBe(0)
    expect((await gump(['config', 'get', 'agents.codex.executable'])).stdout).toBe('/opt/x\n')
  })
})

describe('log_level', () => {
  it('decides how much is said beside results', async () => {
    const { gump } = world(project(succeeds))
    const said = async (level: string) =>
      (await gump(['runs'], { env: { GUMP_NONSENSE: '1', GUMP_LOG_LEVEL: level } })).stderr
    expect(await said('error')).toBe('')
    expect(await said('warn')).toContain('GUMP_NONSENSE means nothing')
    const failing = await gump(['run', 'nope'], { env: { GUMP_LOG_LEVEL: 'debug' } })
    expect(failing.stderr).toMatch(/^\s+at /mu)
  })
})

describe('schemas and workflows', () => {
  it.each(['workflow', 'workflow-v3', 'ledger', 'config'])('prints the schema of %s', async (name) => {
    const { gump } = world()
    expect(JSON.parse((await gump(['schema', name])).stdout)).toHaveProperty('$schema')
  })

  it('checks several workflows at once, variables and agents included', async () => {
    const limited =
      'name: limited\nmax_budget: 3\nmax_timeout: 1h\nsteps:\n  - {name: a, agent: scripted, prompt: "{focus}"}\n'
    const wrong =
      'name: wrong\nsteps:\n  - name: a\n    agent: cluade\n    prompt: "{b.output}"\n    promt: x\n'
    const { gump } = world({ '.gump/workflows/limited.yaml': limited, 'other/wrong.yaml': wrong })
    const { code, stdout } = await gump(['playbook', 'validate', 'limited', 'other/wrong.yaml'])
    for (const found of ['4:12  GUMP-P005', '5:14  GUMP-T001', '6:5  GUMP-W010']) {
      expect(stdout).toContain(`other/wrong.yaml:${found}`)
    }
    expect(stdout).toMatch(/\nlimited: valid; needs --set focus=…\nother\/wrong\.yaml: 3 mistakes\n$/u)
    expect(code).toBe(2)
    const listed = await gump(['playbook', 'list', '--json'])
    expect(JSON.parse(listed.stdout)).toContainEqual({
      name: 'limited',
      origin: 'project',
      file: '.gump/workflows/limited.yaml',
      description: '',
      limits: { max_budget_usd: 3, max_timeout_ms: 3_600_000 },
      agents: ['scripted'],
      inputs: ['focus'],
      mistakes: 0,
    })
  })

  it('names workflows that cannot be read among the others', async () => {
    const good =
      'name: good\ndescription: Looks at {focus}\nsteps:\n  - {name: a, agent: scripted, prompt: "{focus}"}\n'
    const { gump, repo } = world({ '.gump/workflows/good.yaml': good })
    const utf16 = Buffer.from(`\uFEFF${good}`, 'utf16le')
    writeFileSync(join(repo.dir, '.gump/workflows/tdd.yaml'), utf16)
    const { code, stdout } = await gump(['playbook', 'validate'])
    expect(stdout).toMatch(
      /^GUMP-W064 {2}the workflow file \.gump\/workflows\/tdd\.yaml is not UTF-8 text$/mu,
    )
    expect(stdout).toMatch(/\ngood: valid; needs --set focus=…\n/u)
    expect(stdout).toMatch(/\ntdd: 1 mistake\n/u)
    expect(code).toBe(2)
    const listed = (await gump(['playbook', 'list'])).stdout
    expect(listed).toMatch(/^tdd +project +none +-\n {4}1 mistake: gump playbook validate tdd$/mu)
    expect(listed).toContain('    Looks at {focus}. Inputs: focus.\n')
    const some = await gump(['playbook', 'validate', 'nope', 'good', '--json'])
    expect(JSON.parse(some.stdout)).toMatchObject([{ code: 'GUMP-W060' }])
    expect(some.code).toBe(2)
  })

  it('lists, shows and migrates workflows', async () => {
    const old =
      'name: old\nsteps:\n  - name: a\n    agent: claude\n    output: diff\n    prompt: x\n    on_failure:\n      retry: 2\n'
    const { gump } = world({ '.gump/workflows/old.yaml': old })
    const { stdout } = await gump(['playbook', 'list'])
    expect(stdout).toMatch(/^old +project +none +claude\n/mu)
    expect(stdout).toMatch(
      /^tdd +builtin +\$[\d.]+ +claude-opus, claude-haiku, claude-sonnet\n {4}For each task/mu,
    )
    expect(stdout).toMatch(/^ {4}Judges a change.*\n.*Inputs: agent\.$/mu)
    expect((await gump(['playbook', 'show', 'old'])).stdout).toBe(old)
    const migrated = await gump(['playbook', 'migrate', 'old'])
    expect(migrated.code).toBe(0)
    expect(migrated.stdout).toContain('exit: 3')
  })
})
