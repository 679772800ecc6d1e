import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isGumpError } from '@gump/errors'
import {
  createArtifactStore,
  type LedgerContent,
  type LedgerProblem,
  ledgerProblem,
  openLedger,
  readLedger,
  readOwner,
  ownerState,
} from '@gump/ledger'
import { describe, expect, test } from 'vitest'
import { samples } from './support/samples.js'
import { temporaryFolder } from './support/temporary.js'

const at = '2026-03-23T18:42:00.000Z'
const line = (seq: number, type: string, body: object): string =>
  `${JSON.stringify({ v: 1, seq, ts: at, run_id: 'r', type, ...body })}\n`
const begun = line(1, 'run_started', samples.run_started)

async function problemOf(content: string | Uint8Array | null): Promise<LedgerProblem> {
  const file = join(temporaryFolder(), 'manifest.ndjson')
  if (content !== null) writeFileSync(file, content)
  return await whyUnreadable(file)
}

async function whyUnreadable(file: string): Promise<LedgerProblem> {
  const error: unknown = await readLedger(file, 'r').catch((thrown: unknown) => thrown)
  if (!isGumpError(error)) throw new Error('it was read', { cause: error })
  return ledgerProblem(error)
}

async function read(content: string): Promise<LedgerContent> {
  const file = join(temporaryFolder(), 'manifest.ndjson')
  writeFileSync(file, content)
  return await readLedger(file, 'r')
}

const earlier = [
  `{"agents_cli":{},"branch":"main","commit":"0a","run_id":"r","spec":"spec.md","ts":"${at}","type":"run_started","workflow":"tdd"}`,
  `{"agents_cli":{},"branch":"main","commit":"0a","cook_id":"r","recipe":"tdd","ts":"${at}","type":"cook_started"}`,
]

describe('a ledger that cannot be read is called by its name', () => {
  test.each([
    [null, 'missing', 'missing'],
    [`${begun}nonsense\n`, 'damaged', 'damaged in line 2'],
    [`${begun}${line(3, 'warning', { message: 'a' })}`, 'damaged', 'damaged in line 2'],
    [begun.replace('"seq":1', '"seq":2'), 'damaged', 'damaged in line 1'],
    [begun.replace('"run_id":"r"', '"run_id":"other"'), 'damaged', 'damaged in line 1'],
    [begun.replace(at, 'yesterday'), 'damaged', 'damaged in line 1'],
    ['\0\0\0\0\0\0\0\0\0\0', 'damaged', 'damaged in line 1'],
    ['{"v":1,"seq":2', 'damaged', 'damaged in line 1'],
    [Buffer.from([0xff, 0xfe, 0x0a]), 'damaged', 'damaged in line 1'],
    [begun.replace('"v":1', '"v":2'), 'newer', 'of a newer version of Gump'],
    [`${begun}${line(2, 'warning', { message: 'a', v: 2 })}`, 'newer', 'of a newer version of Gump'],
    [`${earlier[0]}\n`, 'foreign', 'of Gump 0.0 (the earlier program of this name)'],
    [`${earlier[1]}\n`, 'foreign', 'of Gump 0.0 (the earlier program of this name)'],
    ['{"level":"info","msg":"started"}\n', 'foreign', 'of another program'],
  ] as const)('%j', async (content, kind, summary) => {
    expect(await problemOf(content)).toMatchObject({ kind, summary })
  })

  test.each([
    ['workflow is missing', 'run_started', { ...samples.run_started, workflow: undefined }],
    ['workflow.name is empty', 'run_started', { ...samples.run_started, workflow: { name: '' } }],
    [
      'options.jobs is not a sensible number',
      'run_started',
      { ...samples.run_started, options: { jobs: 0 } },
    ],
    ['agents is not an object', 'run_started', { ...samples.run_started, agents: [] }],
  ])('%s', async (why, type, body) => {
    const { error } = await problemOf(line(1, type, body))
    expect(error).toMatchObject({ code: 'GUMP-L001', data: { line: 1, why } })
  })

  test('a field that is missing further down', async () => {
    const { usage, ...rest } = samples.step_completed
    expect(usage).toBeDefined()
    const { error } = await problemOf(`${begun}${line(2, 'step_completed', rest)}`)
    expect(error).toMatchObject({ data: { line: 2, why: 'usage is missing' } })
  })

  test('a folder in its place, and nothing that may be read', async () => {
    const dir = temporaryFolder()
    mkdirSync(join(dir, 'manifest.ndjson'))
    expect(await whyUnreadable(join(dir, 'manifest.ndjson'))).toMatchObject({
      kind: 'unreadable',
      summary: 'unreadable (EISDIR)',
    })
    writeFileSync(join(dir, 'closed'), begun)
    chmodSync(join(dir, 'closed'), 0)
    // root may read everything.
    if (process.getuid?.() !== 0) {
      expect(await whyUnreadable(join(dir, 'closed'))).toMatchObject({ summary: 'unreadable (EACCES)' })
    }
  })

  test('a first line that a crash has torn is no damage', async () => {
    expect(await read('')).toMatchObject({ events: [], tornBytes: 0 })
    expect(await read('{"v":')).toMatchObject({ events: [], tornBytes: 5 })
    expect(await read(begun.slice(0, 70))).toMatchObject({ events: [], tornBytes: 70 })
  })

  test('types and fields of a newer minor version are no damage', async () => {
    const { events } = await read(`${begun}${line(2, 'something_new', { of: 'a kind' })}`)
    expect(events).toHaveLength(2)
  })
})

describe('figures that make no sense count as 0', () => {
  test.each(['1e400', '-5', '"a while"', 'null', '1e300', '[]'])('%s', async (figure) => {
    const ended = line(2, 'run_completed', { ...samples.run_completed, duration_ms: 4711 })
    const { events, oddities } = await read(begun + ended.replace('4711', figure))
    expect(events[1]).toMatchObject({ duration_ms: 0 })
    expect(oddities).toEqual([{ line: 2, field: 'duration_ms' }])
  })

  test('those that are left out, and those inside of others', async () => {
    const { duration_ms: _, usage, ...rest } = samples.run_completed
    const { cost_usd: __, ...used } = usage
    const absurd = { ...used, tokens: { ...usage.tokens, input: -1 } }
    const { oddities } = await read(begun + line(2, 'run_completed', { ...rest, usage: absurd }))
    expect(oddities.map(({ field }) => field)).toEqual([
      'usage.tokens.input',
      'usage.cost_usd',
      'duration_ms',
    ])
  })

  test('a limit is none of them', async () => {
    const high = { ...samples.run_started, limits: { max_budget_usd: 1e12 } }
    expect((await read(line(1, 'run_started', high))).events[0]).toMatchObject({ limits: high.limits })
    const absurd = line(1, 'run_started', high).replace('1000000000000', '1e400')
    expect(await problemOf(absurd)).toMatchObject({ kind: 'damaged' })
  })
})

describe('a run folder that vanishes under its owner', () => {
  const begin = () => {
    const dir = join(temporaryFolder(), 'run')
    mkdirSync(dir)
    const ledger = openLedger({ dir, runId: 'r', clock: Date, mode: 'create' })
    ledger.append([{ type: 'run_started', ...samples.run_started }])
    return { dir, ledger, artifacts: createArtifactStore(dir) }
  }
  const gone = expect.objectContaining({ code: 'GUMP-L013' })

  test.each<[string, (dir: string) => void]>([
    ['removed', (dir) => rmSync(dir, { recursive: true })],
    ['moved away', (dir) => renameSync(dir, `${dir}.old`)],
    [
      'replaced',
      (dir) => {
        renameSync(dir, `${dir}.old`)
        mkdirSync(dir)
        writeFileSync(join(dir, 'manifest.ndjson'), begun)
      },
    ],
  ])('%s', (_, vanish) => {
    const { dir, ledger, artifacts } = begin()
    vanish(dir)
    expect(() => ledger.append([{ type: 'warning', message: 'a' }])).toThrow(gone)
    expect(() => ledger.append([{ type: 'warning', message: 'b' }])).toThrow(gone)
    expect(() => artifacts.write('artifacts/a', 'text')).toThrow(gone)
    expect(() => artifacts.pathFor('artifacts/b')).toThrow(gone)
  })

  test('its ledger alone', () => {
    const { dir, ledger } = begin()
    rmSync(join(dir, 'manifest.ndjson'))
    expect(() => ledger.append([{ type: 'warning', message: 'a' }])).toThrow(gone)
  })

  test('an artifact that is gone is named', async () => {
    const { artifacts } = begin()
    await expect(artifacts.readText('artifacts/a/1/out.md')).rejects.toMatchObject({
      code: 'GUMP-L014',
      message: expect.stringContaining('out.md is missing'),
    })
  })
})

describe('an owner file that cannot be read', () => {
  test.each<[string, (file: string) => void]>([
    ['a folder', (file) => mkdirSync(file)],
    ['not JSON', (file) => writeFileSync(file, '{"pid":')],
    ['no process', (file) => writeFileSync(file, '{"pid":-1,"host":"h"}')],
    ['empty', (file) => writeFileSync(file, '')],
  ])('%s', (_, damage) => {
    const dir = temporaryFolder()
    damage(join(dir, 'owner.3'))
    expect(readOwner(dir)).toEqual({ number: 3, identity: null, ended: false })
    expect(ownerState(dir, () => 'dead')).toBe('unknown')
    appendFileSync(join(dir, 'owner.3.ended'), '')
    expect(ownerState(dir, () => 'dead')).toBe('none')
  })
})
