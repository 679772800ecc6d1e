import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { steady, world, type World } from './support/world.js'
import { project, slow, succeeds } from './support/workflows.js'

async function passed(): Promise<World> {
  const made = world(project(succeeds))
  expect((await made.gump(['run', 'one', '--spec', 'spec.md', '-q'])).code).toBe(0)
  return made
}

describe('a file that cannot be written', () => {
  it.runIf(existsSync('/dev/full'))('is no mistake in Gump', async () => {
    const { gump } = await passed()
    const { code, stderr } = await gump(['report', '--html', '/dev/full'])
    expect([code, stderr.slice(0, 9)]).toEqual([1, 'GUMP-C008'])
    expect(stderr).toContain('no space is left on the disk (ENOSPC)')
  })
})

describe('looking back', () => {
  it('gump report prints a table, details, JSON and a page', async () => {
    const { gump, repo } = await passed()
    const report = await gump(['report'])
    expect(steady(report.stdout)).toMatchInlineSnapshot(`
      "Run: RUN
      Workflow: one · Status: pass · Duration: DURATION · Cost: $0.50

      Step  Agent     Turns  Cost   Gate
      impl  scripted  1      $0.50  bash ✓
      "
    `)
    const detail = await gump(['report', '--detail', 'impl'])
    expect(detail.stdout).toContain('done.txt  +1')
    const named = [...detail.stdout.matchAll(/^ {2}(?:Prompt|Stream|Diff|Gate log): (\S+)$/gmu)]
    expect(named.length).toBeGreaterThan(2)
    for (const [, path = ''] of named) expect(existsSync(join(repo.dir, path)), path).toBe(true)
    mkdirSync(join(repo.dir, 'below'))
    const below = await gump(['report', '--detail', 'impl'], { cwd: join(repo.dir, 'below') })
    const prompt = /^ {2}Prompt: (\S+)$/mu.exec(below.stdout)?.[1] ?? ''
    expect(existsSync(join(repo.dir, 'below', prompt)), prompt).toBe(true)
    const asJson = await gump(['report', '--json'])
    expect(JSON.parse(asJson.stdout)).toMatchObject({ workflow: 'one', status: 'passed', cost_usd: 0.5 })
    expect((await gump(['report', '--html', 'report.html'])).stdout).toBe('wrote report.html\n')
    expect(repo.read('report.html').toLowerCase()).toContain('<!doctype html>')
    expect((await gump(['report', '--last', '5'])).stdout).toContain('Last 1 run')
  })

  it('names the steps there are when one is not', async () => {
    const { gump } = await passed()
    const { code, stderr } = await gump(['report', '--detail', 'nope'])
    expect(code).toBe(2)
    expect(stderr).toContain('impl')
  })

  it('gump runs, gump status and gump stats show it', async () => {
    const { gump } = await passed()
    expect(steady((await gump(['runs'])).stdout)).toContain('RUN')
    expect((await gump(['status'])).stdout).toMatch(
      /^run_\S+ {2}pass {2}one {2}\S+ {2}\$0\.50\n {2}gump report .*gump apply/u,
    )
    expect((await gump(['stats'])).stdout).toContain('1 run')
    expect(JSON.parse((await gump(['stats', '--workflow', 'other', '--json'])).stdout)).toMatchObject({
      runs: 0,
    })
    expect((await gump(['stats', '--since', 'yesterday'])).code).toBe(2)
  })

  it('says what to do when there is no run yet', async () => {
    const { gump } = world()
    expect((await gump(['runs'])).stdout).toBe('No run yet: gump run WORKFLOW --spec FILE starts one.\n')
    expect((await gump(['status'])).code).toBe(0)
    expect((await gump(['report'])).code).toBe(2)
  })

  it('gump logs prints what happened, and -f continues until the end', async () => {
    const { gump, start } = world(project(slow))
    const run = start(['run', 'one', '--spec', 'spec.md'])
    await run.printed('running')
    const following = start(['logs', '-f'])
    await following.printed('running')
    run.child.kill('SIGINT')
    await run.outcome
    expect((await following.outcome).stdout).toContain('Run completed: cancelled')
    const { stdout } = await gump(['logs', 'latest', 'impl', '--json'])
    expect(stdout.split('\n').filter((line) => line !== '').length).toBeGreaterThan(1)
  })

  it('needs a repository', async () => {
    const { gump, home } = world()
    const { code, stderr } = await gump(['runs'], { cwd: home })
    expect(code).toBe(2)
    expect(stderr).toContain('GUMP-P001')
  })
})

describe('gump blame', () => {
  it('names the run, step, agent and cost behind each line, and leaves other lines to their commit', async () => {
    const { gump, repo } = world(project(succeeds))
    await gump(['run', 'one', '--spec', 'spec.md', '-q'])
    await gump(['apply'])
    repo.write('done.txt', 'done\nby hand\n')
    repo.commit()
    const { code, stdout } = await gump(['blame', 'done.txt', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([
      {
        line: 1,
        text: 'done',
        origin: {
          step: 'impl',
          agent: 'scripted',
          attempt: 1,
          cost_usd: 0.5,
          gates: [{ gate: 'bash', status: 'pass' }],
        },
      },
      { line: 2, text: 'by hand', origin: null },
    ])
    expect((await gump(['blame', 'done.txt:1'])).stdout).toMatch(
      /^1 +run_\S+ +impl \(bash ✓\) +scripted attempt 1 +\$0\.50 +done$/mu,
    )
    expect((await gump(['blame', 'nope.txt'])).code).toBe(2)
  })
})

describe('gump gc', () => {
  it('removes applied runs, and unapplied ones only when told so', async () => {
    const { gump, repo } = world(project(succeeds))
    await gump(['run', 'one', '--spec', 'spec.md', '-q'])
    await gump(['apply'])
    await gump(['run', 'one', '--spec', 'spec.md', '-q'])
    await gump(['run', 'one', '--spec', 'spec.md', '--agent', 'scripted:agent.yaml', '-q'])
    expect((await gump(['gc', '--dry-run'])).stdout).toContain('would be removed')
    expect((await gump(['runs', '--json'])).stdout.match(/"alias"/gu)).toHaveLength(3)
    expect((await gump(['gc', '--older-than', '1h'])).code).toBe(0)
    expect((await gump(['runs', '--json'])).stdout.match(/"alias"/gu)).toHaveLength(3)
    expect((await gump(['gc', '--yes'])).code).toBe(0)
    expect(JSON.parse((await gump(['runs', '--json'])).stdout)).toEqual([])
    expect(repo.git('branch', '--list', 'gump/*')).toBe('')
    expect(repo.git('for-each-ref', 'refs/gump')).toBe('')
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1)
  })

  it('refuses ages that are none', async () => {
    const { gump } = world()
    expect((await gump(['gc', '--older-than', 'old'])).code).toBe(2)
  })
})
