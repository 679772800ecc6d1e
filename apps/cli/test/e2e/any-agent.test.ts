import { fileURLToPath } from 'node:url'

import type { LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'

import { type World, world } from './support/world.js'
import { oneStep } from './support/workflows.js'

const acpAgent = fileURLToPath(
  new URL('../../../../packages/agents/test/programs/acp-agent.mjs', import.meta.url),
)

/** A project whose only step is done by this agent; its user has a program for `command:mine`. */
function withAgent(agent: string, program: string, format: 'text' | 'jsonl' = 'text'): World {
  const made = world({
    '.gump/workflows/one.yaml': oneStep.replace('agent: scripted', `agent: ${JSON.stringify(agent)}`),
    'spec.md': 'Make done.txt.\n',
  })
  made.atHome('program.cjs', program)
  const command = `${process.execPath} ${made.home}/program.cjs --session {session}`
  made.atHome(
    '.gump/config.toml',
    `[agents.mine]\ncommand = ${JSON.stringify(command)}\nformat = "${format}"\n`,
  )
  return made
}

async function run({
  gump,
}: World): Promise<{ code: number | null; events: readonly LedgerEvent[]; said: string }> {
  const { code, stdout, stderr } = await gump(['run', 'one', '--spec', 'spec.md', '--json'])
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'))
  return { code, said: stderr, events: lines.map((line) => JSON.parse(line) as LedgerEvent) }
}

describe('command:NAME', () => {
  it('is any program, and its exit code the verdict', async () => {
    const { code, events } = await run(
      withAgent(
        'command:mine',
        `const prompt = require('node:fs').readFileSync(0, 'utf8')
        require('node:fs').writeFileSync('done.txt', '')
        console.log('made it')
        process.exit(prompt.includes('Make done.txt.') ? 0 : 3)`,
      ),
    )
    expect(code).toBe(0)
    expect(events.find((event) => event.type === 'agent_completed')).toMatchObject({
      turns: 1,
      usage: { cost_usd: 0, cost_source: 'unpriced' },
    })
    expect(events.filter((event) => event.type === 'warning')).toEqual([])
  })

  it('is not given figures that it did not tell', async () => {
    const made = withAgent(
      'command:mine',
      "require('node:fs').writeFileSync('done.txt', ''); console.log('{\"kind\":\"of another dialect\"}')",
      'jsonl',
    )
    const { gump } = made
    const said = await gump(['run', 'one', '--spec', 'spec.md'])
    expect(said.stdout).toMatch(/cost: unpriced {2}turns: unknown/u)
    const texts = [
      said,
      await gump(['report']),
      await gump(['report', '--detail', 'impl']),
      await gump(['stats']),
    ]
    const lists = [await gump(['report', '--last', '1']), await gump(['runs']), await gump(['status'])]
    for (const { code, stdout } of [...texts, ...lists]) {
      expect(code).toBe(0)
      expect(stdout).toContain('unpriced')
      expect(stdout).not.toContain('$0.00')
    }
    expect((await gump(['blame', 'done.txt'])).stdout).not.toContain('$')
    const [run] = JSON.parse((await gump(['runs', '--json'])).stdout) as unknown[]
    expect(run).toMatchObject({ usage: { tokens: null, cost_usd: null, cost_source: 'unpriced' } })
    expect(JSON.parse((await gump(['status', '--json'])).stdout)).toEqual([run])
    const unknown = { cost_usd: null, tokens: null, turns: null, turns_unknown: true }
    expect(JSON.parse((await gump(['report', '--json'])).stdout)).toMatchObject(unknown)
    expect(JSON.parse((await gump(['stats', '--json'])).stdout)).toMatchObject({
      cost_usd: null,
      mean_run_usd: null,
      advice: [{ in_use: { cost_usd: null } }],
    })
  })

  it("speaks Gump's own stream, with cost and sessions", async () => {
    const { code, events } = await run(
      withAgent(
        'command:mine',
        `const say = (event) => console.log(JSON.stringify(event))
        const again = process.argv[process.argv.indexOf('--session') + 1] === 's-1'
        say({ type: 'session', sessionId: 's-1' })
        say({ type: 'turn_started' })
        say({ type: 'usage', mode: 'delta', tokens: { input: 10, output: 2, cacheRead: 0, cacheWrite: 0 }, costUsd: 0.1 })
        if (again) require('node:fs').writeFileSync('done.txt', '')
        say({ type: 'result', status: 'success' })`,
        'jsonl',
      ),
    )
    expect(code).toBe(0)
    const ended = events.filter((event) => event.type === 'agent_completed')
    expect(ended.map(({ session_id, turns }) => [session_id, turns])).toEqual([
      ['s-1', 1],
      ['s-1', 1],
    ])
    expect(events.find((event) => event.type === 'run_completed')?.usage).toMatchObject({
      cost_usd: 0.2,
      cost_source: 'native',
    })
  })

  it('is said to report its cost before a run begins, where it does', async () => {
    for (const [format, told] of [
      ['jsonl', 'reports its cost'],
      ['text', 'cost not known'],
    ] as const) {
      const { gump } = withAgent('command:mine', '', format)
      expect((await gump(['run', 'one', '--spec', 'spec.md', '--dry-run'])).stdout).toMatch(
        new RegExp(`command:mine .*, ${told}`, 'u'),
      )
    }
  })

  it('is looked for before a run begins', async () => {
    const made = withAgent('command:mine', '')
    made.atHome('.gump/config.toml', '[agents.mine]\ncommand = "no-such-program --go"\n')
    const { code, events, said } = await run(made)
    expect(code).toBe(2)
    expect(said).toMatch(/there is no\s+"no-such-program"/u)
    expect(events).toEqual([])
  })
})

describe('acp:COMMAND', () => {
  it('is any agent that speaks the protocol', async () => {
    const { code, events } = await run(withAgent(`acp:${process.execPath} ${acpAgent}`, ''))
    // It says that it writes, and writes nothing.
    expect(code).toBe(1)
    expect(events.find((event) => event.type === 'agent_completed')).toMatchObject({
      session_id: 'session-known',
      turns: 3,
      usage: { cost_usd: 0.25, cost_source: 'native' },
    })
  })

  it('is looked for before a run begins', async () => {
    const { code, events, said } = await run(withAgent('acp:no-such-program --acp', ''))
    expect(code).toBe(2)
    expect(said).toMatch(/there is no\s+"no-such-program"/u)
    expect(events).toEqual([])
  })

  it.each([
    ['gets no key from the environment when only a workflow names it', false, 'no key'],
    ['gets the keys when its user has named it', true, 'a key'],
  ])('%s', async (_what, named, wanted) => {
    const made = withAgent('acp:placeholder', '')
    made.atHome(
      'looks.mjs',
      `import { writeFileSync } from 'node:fs'
      writeFileSync('done.txt', process.env.ANTHROPIC_API_KEY === undefined ? 'no key' : 'a key')
      await import(${JSON.stringify(acpAgent)})\n`,
    )
    const agent = `acp:${process.execPath} ${made.home}/looks.mjs`
    const workflow = oneStep.replace('agent: scripted', `agent: ${JSON.stringify(agent)}`)
    made.repo.write('.gump/workflows/one.yaml', workflow)
    made.repo.git('commit', '-qam', 'another agent')
    if (named) made.atHome('.gump/config.toml', `[agents.alias]\nmine = ${JSON.stringify(agent)}\n`)
    const env = { ANTHROPIC_API_KEY: 'sk-ant-0123456789abcdef' }
    const { code } = await made.gump(['run', 'one', '--spec', 'spec.md'], { env })
    expect(code).toBe(0)
    await made.gump(['apply'])
    expect(made.repo.read('done.txt')).toBe(wanted)
  })
})
