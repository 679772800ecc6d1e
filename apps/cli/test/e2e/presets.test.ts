import { chmodSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'

import { type Outcome, type World, world } from './support/world.js'
import { oneStep } from './support/workflows.js'

const acpAgent = fileURLToPath(
  new URL('../../../../packages/agents/test/programs/acp-agent.mjs', import.meta.url),
)

/** Tells how it was started in the file that the gate wants, as any agent would write one. */
const tells = `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs')
const args = process.argv.slice(2)
if (args[0] === '--version') { console.log('9.9.9'); process.exit(0) }
const at = args.findIndex((word) => /^--(?:message-)?file$/.test(word))
const file = at === -1 ? null : args[at + 1]
const prompt = file !== null ? readFileSync(file, 'utf8')
  : args.some((word) => word.includes('Make done.txt')) ? args.at(-1) : readFileSync(0, 'utf8')
if (!prompt.includes('Make done.txt')) throw new Error('no prompt: ' + prompt)
writeFileSync('done.txt', args.filter((word) => word !== prompt && word !== file).join(' '))
console.log('made it')
`

/** A project whose step is done by this agent, and a user with this program on PATH. */
function withProgram(agent: string, name: string, program: string): World & { run: Run } {
  const made = world({
    '.gump/workflows/one.yaml': oneStep.replace('agent: scripted', `agent: ${JSON.stringify(agent)}`),
    'spec.md': 'Make done.txt.\n',
  })
  made.atHome(`bin/${name}`, program)
  chmodSync(`${made.home}/bin/${name}`, 0o755)
  const env = {
    PATH: `${made.home}/bin:${process.env['PATH']}`,
    ANTHROPIC_API_KEY: 'sk-ant-0123456789abcdef',
  }
  const run: Run = (args, more = {}) => made.gump(args, { env: { ...env, ...more } })
  return { ...made, run }
}

type Run = (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Outcome>

const work = ['run', 'one', '--spec', 'spec.md']

describe('a preset', () => {
  it.each([
    ['droid-custom:mine', 'droid', 'exec --auto high --model custom:mine --file'],
    ['crush-openai/gpt-5.5', 'crush', 'run --quiet --model openai/gpt-5.5'],
    ['amp-rush', 'amp', '--execute --dangerously-allow-all --mode rush'],
    ['cline', 'cline', '--auto-approve true'],
    ['antigravity', 'agy', '--dangerously-skip-permissions --print'],
  ])('%s runs %s from PATH, without configuration', async (agent, program, told) => {
    const { run, repo } = withProgram(agent, program, tells)
    const { code, stdout, stderr } = await run([...work, '--json'])
    expect(code, stderr).toBe(0)
    const events = stdout
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as LedgerEvent]))
    expect(events.find((event) => event.type === 'agent_completed')).toMatchObject({
      turns: 1,
      usage: { cost_source: 'unpriced' },
    })
    await run(['apply'])
    expect(repo.read('done.txt')).toBe(told)
  })

  it('speaks the protocol, with the model that was asked for and the keys of its user', async () => {
    const made = withProgram(
      'goose-gpt-5.5',
      'goose',
      `#!${process.execPath}
      if (process.argv[2] === '--version') { console.log('1.2.3'); process.exit(0) }
      const told = process.env.GOOSE_MODEL + ' ' + (process.env.ANTHROPIC_API_KEY !== undefined) + ' ' + process.argv[2]
      require('node:fs').writeFileSync('done.txt', told)
      import(${JSON.stringify(acpAgent)})\n`,
    )
    const { code, stderr } = await made.run(work)
    expect(code, stderr).toBe(0)
    await made.run(['apply'])
    expect(made.repo.read('done.txt')).toBe('gpt-5.5 true acp')
  })

  it('stands in for an agent, by --agent and by an alias, with a program of the user', async () => {
    const { run, repo, atHome, home } = withProgram('claude-opus', 'elsewhere', tells)
    atHome('.gump/config.toml', `[agents.droid]\nexecutable = "${home}/bin/elsewhere"\n`)
    expect((await run([...work, '--agent', 'droid'])).code).toBe(0)
    await run(['apply'])
    expect(repo.read('done.txt')).toBe('exec --auto high --file')

    atHome(
      '.gump/config.toml',
      `[agents.alias]\nclaude-opus = "crush"\n[agents.crush]\nexecutable = "${home}/bin/elsewhere"\n`,
    )
    const { code, stdout, stderr } = await run([...work, '--json'])
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('"cli":"crush"')
  })

  it('hands the program of its user to the protocol', async () => {
    const program = `#!${process.execPath}\nrequire('node:fs').writeFileSync('done.txt', process.argv[1])\nimport(${JSON.stringify(acpAgent)})\n`
    const { run, repo, atHome, home } = withProgram('auggie', 'elsewhere', program)
    atHome('.gump/config.toml', `[agents.auggie]\nexecutable = "${home}/bin/elsewhere"\n`)
    const { code, stderr } = await run(work)
    expect(code, stderr).toBe(0)
    await run(['apply'])
    expect(repo.read('done.txt')).toBe(`${home}/bin/elsewhere`)
  })

  it('fails its attempt when its program does, and says how to sign in when nobody is', async () => {
    const refuses = `#!/bin/sh\ncat >/dev/null\necho 'Error: Authentication failed. Please log in using /login or set a valid FACTORY_API_KEY environment variable.' >&2\necho started\nexit 1\n`
    const { run } = withProgram('droid', 'droid', refuses)
    const { code, stdout } = await run([...work, '--json'])
    expect(code).toBe(1)
    const events = stdout
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as LedgerEvent]))
    expect(events.find((event) => event.type === 'agent_failed')).toMatchObject({ cause: 'auth' })
    expect(events.find((event) => event.type === 'circuit_breaker')).toMatchObject({
      remedy: 'run droid and /login, or set FACTORY_API_KEY',
    })
  })

  it('says how it is installed when it is not there', async () => {
    const { run } = withProgram('crush', 'other', tells)
    const { code, stderr } = await run(work, { PATH: '/usr/bin:/bin' })
    expect(code).toBe(2)
    expect(stderr).toMatch(/Crush is not installed: there is no\s+"crush" on PATH/u)
    expect(stderr).toContain('npm install -g @charmland/crush')
  })

  it('is shown by doctor and models, verified or not', async () => {
    const { run } = withProgram('crush', 'crush', tells)
    const findings = JSON.parse((await run(['doctor', '--json'])).stdout) as {
      name: string
      detail: string
    }[]
    expect(findings.find(({ name }) => name === 'crush')?.detail).toBe('9.9.9, not verified')
    expect(findings.find(({ name }) => name === 'goose')?.detail).toContain('brew install block-goose-cli')
    const { agents } = JSON.parse((await run(['models', '--json'])).stdout) as { agents: { name: string }[] }
    expect(agents.find(({ name }) => name === 'droid')).toMatchObject({ verified_with: ['0.215.x'] })
  })

  it('costs nobody knows how much: neither a dry run nor a budget claims to', async () => {
    const { run } = withProgram('crush-openai/gpt-5.5', 'crush', tells)
    const { stdout, stderr } = await run([...work, '--dry-run', '--max-budget', '1'])
    expect(stdout).toMatch(/crush-openai\/gpt-5\.5 {2}model openai\/gpt-5\.5, .*, cost not known/u)
    expect(stderr).toMatch(/the budget of \$1 cannot be held for crush-openai\/gpt-5\.5/u)
  })

  it('is suggested for a name that means none', async () => {
    const { run } = withProgram('crush/openai/gpt-5.5', 'crush', tells)
    const { code, stderr } = await run(work)
    expect(code).toBe(2)
    expect(stderr).toContain('crush-openai/gpt-5.5')
  })
})
