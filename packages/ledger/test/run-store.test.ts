import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createRunStore, type IndexEntry, openLedger, type RunLocation, type RunStore } from '@gump/ledger'
import { describe, expect, test } from 'vitest'
import { samples } from './support/samples.js'
import { temporaryFolder } from './support/temporary.js'

const minute = new Date(2026, 2, 23, 18, 42).getTime()
const ids = [
  '0195c3a0-0000-7000-8000-000000000001',
  '0195c3a0-1111-7000-8000-000000000002',
  '0195c3b0-0000-7000-8000-000000000003',
] as const

function filled(): RunStore {
  const store = createRunStore(join(temporaryFolder(), '.gump'))
  for (const [index, id] of ids.entries()) begin(store.create(id, minute), minute + index)
  return store
}

function begin({ dir, id }: RunLocation, at: number): void {
  const ledger = openLedger({ dir, runId: id, clock: { now: () => at }, mode: 'create' })
  ledger.append([{ type: 'run_started', ...samples.run_started }])
  ledger.close()
}

describe('runs', () => {
  test('get a readable name in local time, numbered when it is taken', async () => {
    const store = filled()
    expect(store.create('0195c3c0', minute + 61_000).alias).toBe('run_2026_03_23_1843')
    const runs = await store.list()
    expect(runs.map((run) => run.alias)).toEqual([
      'run_2026_03_23_1843',
      'run_2026_03_23_1842_3',
      'run_2026_03_23_1842_2',
      'run_2026_03_23_1842',
    ])
    expect(runs[3]).toEqual({
      id: ids[0],
      alias: 'run_2026_03_23_1842',
      dir: join(store.runsDir, ids[0]),
      ledgerFile: join(store.runsDir, ids[0], 'manifest.ndjson'),
      time: expect.any(Number),
    })
  })

  test('are listed even when nothing or nonsense is there', async () => {
    const gumpDir = temporaryFolder()
    expect(await createRunStore(gumpDir).list()).toEqual([])
    const store = filled()
    writeFileSync(join(store.runsDir, 'notes.txt'), '')
    writeFileSync(join(store.runsDir, '.aliases', 'a file'), '')
    symlinkSync('../gone', join(store.runsDir, '.aliases', 'run_gone'))
    mkdirSync(join(store.runsDir, '0195c3d0'))
    // Of no known time but that of its folder, which is now.
    expect((await store.list()).map((run) => run.id)).toEqual(['0195c3d0', ...ids.toReversed()])
  })

  test('an id that is no file name is refused', () => {
    const store = filled()
    for (const id of ['', '..', '../x', 'a/b', '.aliases', '-x']) {
      expect(() => store.create(id, minute)).toThrow(expect.objectContaining({ code: 'GUMP-L010' }))
    }
  })

  test('are removed with their name', async () => {
    const store = filled()
    store.remove(await store.find('latest'))
    expect((await store.list()).map((run) => run.id)).toEqual([ids[1], ids[0]])
    expect(existsSync(join(store.runsDir, '.aliases', 'run_2026_03_23_1842_3'))).toBe(false)
  })
})

describe('finding a run', () => {
  test.each([
    ['latest', ids[2]],
    [ids[0], ids[0]],
    ['run_2026_03_23_1842', ids[0]],
    ['run_2026_03_23_1842_2', ids[1]],
    ['0195c3b', ids[2]],
    [' 0195c3a0-1 ', ids[1]],
  ])('%j', async (selector, id) => {
    expect((await filled().find(selector)).id).toBe(id)
  })

  test('an ambiguous prefix lists the candidates', async () => {
    await expect(filled().find('0195c3a0')).rejects.toMatchObject({
      code: 'GUMP-L006',
      data: { candidates: [ids[1], ids[0]] },
      message: expect.stringContaining('run_2026_03_23_1842_2'),
    })
  })

  test.each(['nope', '', '../..', '*'])('no run %j', async (selector) => {
    await expect(filled().find(selector)).rejects.toMatchObject({ code: 'GUMP-L005' })
  })

  test('latest is the newest by its time that can be read', async () => {
    const store = filled()
    const old = store.create('zzzz-copied-from-elsewhere', minute)
    begin(old, minute - 60_000)
    const newest = store.create('0195c3e0-0000-7000-8000-000000000004', minute)
    begin(newest, minute + 60_000)
    expect((await store.list()).map(({ id }) => id)).toEqual([newest.id, ids[2], ids[1], ids[0], old.id])
    expect((await store.find('latest')).id).toBe(newest.id)
    appendFileSync(newest.ledgerFile, 'damage\n')
    expect((await store.find('latest')).id).toBe(ids[2])
    writeFileSync(join(store.runsDir, ids[2], 'manifest.ndjson'), '')
    rmSync(join(store.runsDir, ids[1], 'manifest.ndjson'))
    expect((await store.find('latest')).id).toBe(ids[0])
  })

  test('latest when none can be read', async () => {
    const store = createRunStore(join(temporaryFolder(), '.gump'))
    store.create(ids[0], minute)
    await expect(store.find('latest')).rejects.toMatchObject({
      code: 'GUMP-L005',
      message: 'there is no run whose ledger can be read',
    })
  })

  test('latest when there is none', async () => {
    await expect(createRunStore(temporaryFolder()).find('latest')).rejects.toMatchObject({
      code: 'GUMP-L005',
    })
  })
})

describe('the index', () => {
  const entry = (run_id: string, status: IndexEntry['status']): IndexEntry => ({
    v: 1,
    run_id,
    alias: 'run_1',
    workflow: 'tdd',
    status,
    started_at: '2026-03-23T18:42:00.000Z',
    ended_at: '2026-03-23T18:43:00.000Z',
    duration_ms: 60_000,
    usage: samples.run_completed.usage,
    turns: 3,
    steps: 2,
    retries: 1,
    base_commit: 'a',
    commit: 'b',
  })

  test('has one entry per run, the last when it was resumed, and survives torn lines', async () => {
    const store = createRunStore(join(temporaryFolder(), '.gump'))
    expect(await store.index()).toEqual([])
    store.appendIndex(entry('a', 'failed'))
    store.appendIndex(entry('b', 'passed'))
    appendFileSync(store.indexFile, '{"v":1,"run_id":"torn')
    store.appendIndex(entry('a', 'passed'))
    appendFileSync(store.indexFile, 'null\n[]\n{"v":2,"run_id":"new"}\n')
    expect(await store.index()).toEqual([entry('b', 'passed'), entry('a', 'passed')])
    expect(readFileSync(store.indexFile, 'utf8').split('\n')).toHaveLength(8)
  })
})
