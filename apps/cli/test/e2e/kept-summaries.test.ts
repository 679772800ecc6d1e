import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { oneStep, project, succeeds } from './support/workflows.js'
import { type World, world } from './support/world.js'

/** A repository with a run, which something has looked at. */
async function lookedAt(): Promise<World & { readonly ledger: string; readonly summary: string }> {
  const here = world(project(succeeds))
  expect((await here.gump(['run', 'one', '--spec', 'spec.md', '-q'])).code).toBe(0)
  const runs = join(here.repo.dir, '.gump/runs')
  const [id = ''] = readdirSync(runs).filter((name) => /^[0-9a-f-]{36}$/u.test(name))
  await here.gump(['runs'])
  return { ...here, ledger: join(runs, id, 'manifest.ndjson'), summary: join(runs, id, 'summary.ndjson') }
}

const looking = [['status'], ['runs'], ['runs', '--json'], ['report'], ['stats']]

it('commands say the same with what is kept beside ledgers, and without it', async () => {
  const here = await lookedAt()
  expect(existsSync(here.summary)).toBe(true)
  for (const args of looking) {
    const kept = await here.gump(args)
    rmSync(here.summary)
    expect([args, await here.gump(args)]).toEqual([args, kept])
    await here.gump(['runs'])
  }
})

it('what is kept is not believed over a ledger that was changed since', async () => {
  const here = await lookedAt()
  writeFileSync(here.ledger, readFileSync(here.ledger, 'utf8').replace('"workflow":', '"workflow_":'))
  expect((await here.gump(['runs'])).stdout).toContain('damaged in line 1')
})

it('what another program wrote in its place is no reason to stop', async () => {
  const here = await lookedAt()
  const before = await here.gump(['runs'])
  for (const text of ['{}', '\0', readFileSync(here.summary, 'utf8').replace('"usage":{', '"usage":[{')]) {
    writeFileSync(here.summary, text)
    expect(await here.gump(['runs'])).toEqual(before)
  }
})

it('a forecast reads the runs of its workflow, and those once', async () => {
  const here = await lookedAt()
  const dry = ['run', 'one', '--spec', 'spec.md', '--dry-run']
  const first = await here.gump(dry)
  const report = here.summary.replace(/summary\.ndjson$/u, 'past.ndjson')
  expect(existsSync(report)).toBe(true)
  expect(await here.gump(dry)).toEqual(first)
  rmSync(report)
  expect(await here.gump(dry)).toEqual(first)
  rmSync(report)
  here.repo.write('.gump/workflows/two.yaml', oneStep.replace('name: one', 'name: two'))
  await here.gump(['run', 'two', '--spec', 'spec.md', '--dry-run'])
  expect(existsSync(report)).toBe(false)
})
