import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { world, type World } from './support/world.js'
import { fails, project, succeeds } from './support/workflows.js'

async function ran(script: string, more: Readonly<Record<string, string>> = {}): Promise<World> {
  const made = world(project(script, more))
  const { stderr } = await made.gump(['run', 'one', '--spec', 'spec.md', '-q'])
  expect(stderr).not.toContain('GUMP-')
  return made
}

/** As many more runs like the one there is, each an hour after the one before. */
function repeat({ repo }: World, count: number): void {
  const runs = join(repo.dir, '.gump/runs')
  const [id = ''] = readdirSync(runs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
  for (let n = 1; n <= count; n += 1) {
    const copy = `${id.slice(0, -4)}${String(n).padStart(4, '0')}`
    cpSync(join(runs, id), join(runs, copy), { recursive: true })
    const ledger = join(runs, copy, 'manifest.ndjson')
    const text = readFileSync(ledger, 'utf8').replaceAll(id, copy)
    writeFileSync(
      ledger,
      text
        .replace(/"alias":"[^"]+"/u, `"alias":"copy-${n}"`)
        .replaceAll(/"ts":"([^"]+)"/gu, (_, at: string) => {
          return `"ts":"${new Date(Date.parse(at) + n * 3_600_000).toISOString()}"`
        }),
    )
  }
}

describe('gump stats', () => {
  it('says how much data is missing', async () => {
    const { gump } = await ran(succeeds)
    expect((await gump(['stats'])).stdout).toContain(
      'Not enough data to judge the ladder: 4 more tasks with the first agent and 9 more finished runs needed.',
    )
    expect((await gump(['run', 'one', '--spec', 'spec.md', '--dry-run'])).stdout).toContain(
      'Forecast: too few runs, 9 more finished ones with these agents needed.',
    )
  })

  it('tells chances by what failed before, and the runs behind every figure', async () => {
    const made = await ran(fails)
    repeat(made, 12)
    const { stdout } = await made.gump(['stats'])
    expect(stdout).toMatch(/^impl · 26 tries in 13 runs$/mu)
    expect(stdout).toMatch(/^ {2}in use {2}scripted → scripted {2}\d+%/mu)
    expect(stdout).toMatch(/^ {2}scripted {2}first +0 of 13 +\d+% \(0%–\d+%\) +\$0\.5\d \(/mu)
    expect(stdout).toMatch(/^ {2}scripted {2}after scripted +0 of 13/mu)
    expect(stdout).toContain('gump config set --user advice.value_usd 5')
    expect((await made.gump(['stats', '--runs'])).stdout).toMatch(
      /after scripted.* copy-1 copy-2 copy-3 .*copy-12$/mu,
    )
    const json = JSON.parse((await made.gump(['stats', '--json'])).stdout)
    expect(json).toMatchObject({
      runs: 13,
      open_runs: 0,
      worth: null,
      advice: [{ step: 'impl', verdict: 'values_missing', in_use: { ladder: ['scripted', 'scripted'] } }],
    })
    expect(json.advice[0].cells[0].runs).toHaveLength(13)
    expect(json.advice[0].cells[0].cost_usd.mean).toBeCloseTo(0.5, 1)
  })

  it('recommends by values that are the user’s to set, and not the repository’s', async () => {
    const made = await ran(fails)
    repeat(made, 40)
    expect((await made.gump(['config', 'set', '--user', 'advice.value_usd', '5'])).code).toBe(0)
    const { stdout } = await made.gump(['stats'])
    expect(stdout).toMatch(/^ {2}Use scripted instead of scripted → scripted, \+\$0\.\d\d /mu)
    expect(stdout).not.toContain('advice.value_usd')
    made.repo.write(
      'gump.toml',
      `${readFileSync(join(made.repo.dir, 'gump.toml'), 'utf8')}[advice]\nvalue_usd = 9\n`,
    )
    const refused = await made.gump(['stats'])
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('a repository may not set advice.value_usd'),
    ])
  })

  it('says how well forecasts from earlier runs would have fitted later ones', async () => {
    const made = await ran(succeeds)
    repeat(made, 14)
    const { stdout } = await made.gump(['stats', '--calibration'])
    expect(stdout).toMatch(/^cost +100%, 5 of 5 +100%, 5 of 5$/mu)
    expect(stdout).toMatch(/^80%–100% +100%, \d+ of \d+ tries$/mu)
    expect(JSON.parse((await made.gump(['stats', '--calibration', '--json'])).stdout)).toMatchObject({
      cost: { p90: { kept: 5, of: 5 } },
    })
    expect((await made.gump(['run', 'one', '--spec', 'spec.md', '--dry-run'])).stdout).toMatch(
      /Forecast for a run, from 15 finished runs:\n {2}cost {2}P50 \$0\.50 {2}P90 \$0\.50/u,
    )
  })

  it('forecasts a run as it begins, and again once its number of tasks is known', async () => {
    const split = `name: one
steps:
  - name: cut
    type: split
    agent: scripted
    prompt: "{spec}"
    each:
      - name: impl
        type: code
        agent: scripted
        prompt: "{task.name}"
        gate:
          - bash: test -f done.txt
`
    const script = `- match: {step: cut}
  do:
    - out: {plan: [{name: One, description: one}, {name: Two, description: two}]}
    - usage: {input: 1000, output: 100, cost_usd: 0.25}
- do:
    - write: {path: done.txt, content: "done\\n"}
    - usage: {input: 1000, output: 100, cost_usd: 0.5}
`
    const made = await ran(script, { '.gump/workflows/one.yaml': split })
    repeat(made, 11)
    const { stderr } = await made.gump(['run', 'one', '--spec', 'spec.md'])
    expect(stderr).toMatch(
      /^Forecast for a run: cost P50 \$1\.25, P90 \$1\.25 · time P50 .* · from 12 runs$/mu,
    )
    expect(stderr).toMatch(/^Forecast for a run of 2 tasks: cost P50 \$1\.25, P90 \$1\.25 · /mu)
    expect((await made.gump(['run', 'one', '--spec', 'spec.md', '-q'])).stderr).not.toContain('Forecast')
  })
})
