import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Run } from '@gump/engine'
import { describe, expect, it } from 'vitest'
import { type World, world } from './support/world.js'

const text = `
name: w
steps:
  - {name: note, type: artifact, agent: claude, prompt: Write.}
  - {name: use, agent: claude, prompt: "Use {note.output}", gate: [{bash: "test -e ../go"}]}
`
const script = `- match: {step: note}
  do: [{out: {artifact: "what was found"}}]
- do: [{write: {path: made, content: x}}]
`

/** Its first step has passed, the second failed. */
async function failed(): Promise<World & { readonly run: Run; readonly inputs: string }> {
  const made = world({ workflows: { w: text }, script })
  const run = await made.engine.start({ workflow: 'w' })
  expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'use' })
  return { ...made, run, inputs: join(run.dir, 'inputs/inputs.ndjson') }
}

const edits: readonly (readonly [string, (text: string) => string, RegExp])[] = [
  ['cut off', (json) => json.slice(0, 200), /it is not JSON/u],
  ['emptied', () => '', /it is empty/u],
  ['another kind of JSON', () => '[]', /is not an object/u],
  ['null', () => 'null', /is not an object/u],
  [
    'changed by hand',
    (json) => json.replace('Write.', 'Delete.'),
    /not what was written when the run began/u,
  ],
  ['without its content', () => '{"v":1}', /not what was written|is missing|is not/u],
  [
    'a version that makes no sense',
    (json) => json.replace('"v":1', '"v":"one"'),
    /its version makes no sense/u,
  ],
]

describe('what a run was started with', () => {
  it('has a version, and a hash of everything else', async () => {
    const { inputs } = await failed()
    expect(JSON.parse(readFileSync(inputs, 'utf8'))).toMatchObject({
      v: 1,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
      stored: { root: expect.any(String), plan: expect.any(Object) },
    })
  })

  it('is refused by its name when it is damaged, by resume and by replay', async () => {
    const { engine, run, inputs } = await failed()
    const whole = readFileSync(inputs, 'utf8')
    for (const [name, edit, why] of edits) {
      writeFileSync(inputs, edit(whole))
      const refused = { code: 'GUMP-L014', message: expect.stringMatching(why), data: { file: inputs } }
      await expect(engine.resume({ run: run.id }), name).rejects.toMatchObject(refused)
      await expect(engine.replay({ run: run.id, fromStep: 'use' }), name).rejects.toMatchObject(refused)
    }
    writeFileSync(inputs, whole.replace('"v":1', '"v":2'))
    await expect(engine.resume({ run: run.id })).rejects.toMatchObject({ code: 'GUMP-L008' })
    rmSync(inputs)
    await expect(engine.resume({ run: run.id })).rejects.toMatchObject({ code: 'GUMP-L014' })
    mkdirSync(inputs)
    await expect(engine.resume({ run: run.id })).rejects.toMatchObject({
      code: 'GUMP-L014',
      data: { errno: 'EISDIR' },
    })
    expect(await engine.runs()).toMatchObject([{ status: 'failed', ownerPid: null }])
  })

  it('of older versions, without a version, is checked as far as that goes', async () => {
    const { engine, run, inputs, repo } = await failed()
    const { stored } = JSON.parse(readFileSync(inputs, 'utf8')) as { stored: { plan: { workflows: object } } }
    const older = join(run.dir, 'inputs/inputs.json')
    rmSync(inputs)
    const [[ref = '', workflow] = []] = Object.entries(stored.plan.workflows)
    const damaged = {
      ...stored,
      plan: { ...stored.plan, workflows: { [ref]: { ...workflow, steps: [{}] } } },
    }
    writeFileSync(older, JSON.stringify(damaged))
    await expect(engine.resume({ run: run.id })).rejects.toMatchObject({
      code: 'GUMP-L014',
      message: expect.stringContaining('steps[0].kind is missing'),
    })
    writeFileSync(older, JSON.stringify(stored))
    repo.write('.gump/worktrees/go', '')
    const resumed = await engine.resume({ run: run.id })
    expect(await resumed.result).toMatchObject({ steps: [{ status: 'pass' }, { path: 'use' }] })
  })
})

function artifactsOf(dir: string): readonly string[] {
  return readdirSync(join(dir, 'artifacts'), { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, 'artifacts', name))
    .filter((file) => file.includes('note') && readable(file)?.includes('what was found') === true)
}

function readable(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

describe('an artifact that later steps need', () => {
  it.each<[string, (file: string) => void]>([
    ['missing', (file) => rmSync(file)],
    ['changed', (file) => writeFileSync(file, 'something else')],
    [
      'a folder',
      (file) => {
        renameSync(file, `${file}.old`)
        mkdirSync(file)
      },
    ],
  ])('%s: the run stops, names it, and continues once it is back', async (_, damage) => {
    const { engine, run } = await failed()
    const files = artifactsOf(run.dir)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) damage(file)
    const resumed = await engine.resume({ run: run.id })
    expect(await resumed.result).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^GUMP-(?:L014|S005): .*note/u),
    })
  })
})

it('a run continues without what is only derived from its ledger', async () => {
  const { engine, run } = await failed()
  for (const file of [join(run.dir, 'state.ndjson'), join(run.dir, '../index.ndjson')]) {
    expect(existsSync(file)).toBe(true)
    rmSync(file)
    mkdirSync(file)
  }
  const resumed = await engine.resume({ run: run.id })
  expect(await resumed.result).toMatchObject({ status: 'failed', failedStep: 'use' })
  expect(await engine.runs()).toMatchObject([{ status: 'failed' }])
})
