import { appendFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { open as openFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isGumpError, type ErrorCode } from '@gump/errors'
import { batchMs, openLedger, readLedger, type Ledger, type NewEvent } from '@gump/ledger'
import { array, assert, asyncProperty, nat } from 'fast-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { anyEvent } from '@gump/testkit/any-event'
import { bundleProgram, ended, firstLine, start } from './support/programs.js'
import { sampleEvents } from './support/samples.js'
import { temporaryFolder } from './support/temporary.js'

const clock = { now: () => Date.UTC(2026, 2, 23, 18, 42, 0, 7) }
const note = (message: string): NewEvent => ({ type: 'warning', message })

function open(dir: string, mode: 'create' | 'append' = 'create', extra: object = {}): Ledger {
  const ledger = openLedger({ dir, runId: 'run-1', clock, mode, ...extra })
  onTestFinished(() => ledger.close())
  return ledger
}

function codeOf(action: () => unknown): ErrorCode | null {
  try {
    action()
  } catch (error) {
    return isGumpError(error) ? error.code : null
  }
  return null
}

describe('appending', () => {
  test('gives a dense seq, the time and the run to every line', async () => {
    const dir = temporaryFolder()
    const ledger = open(dir)
    expect(ledger.append([note('a'), note('b')])).toEqual([
      { v: 1, seq: 1, ts: '2026-03-23T18:42:00.007Z', run_id: 'run-1', type: 'warning', message: 'a' },
      { v: 1, seq: 2, ts: '2026-03-23T18:42:00.007Z', run_id: 'run-1', type: 'warning', message: 'b' },
    ])
    ledger.append(sampleEvents)
    const text = readFileSync(ledger.file, 'utf8')
    expect(text.split('\n')[0]).toBe(
      '{"v":1,"seq":1,"ts":"2026-03-23T18:42:00.007Z","run_id":"run-1","type":"warning","message":"a"}',
    )
    const { events, tornBytes } = await readLedger(ledger.file)
    expect(tornBytes).toBe(0)
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1))
    for (const [index, event] of events.slice(2).entries()) expect(event).toMatchObject(sampleEvents[index]!)
  })

  test('an event copied from another ledger gets this ledger’s envelope', () => {
    const ledger = open(temporaryFolder())
    const foreign = { v: 1, seq: 77, ts: '2020-01-01T00:00:00.000Z', run_id: 'other', ...note('a') } as const
    expect(ledger.append([foreign])[0]).toMatchObject({
      seq: 1,
      run_id: 'run-1',
      ts: '2026-03-23T18:42:00.007Z',
    })
  })

  test('nothing to append writes nothing', () => {
    const ledger = open(temporaryFolder())
    expect(ledger.append([])).toEqual([])
    expect(readFileSync(ledger.file)).toHaveLength(0)
  })

  test('create refuses an existing ledger, append a missing one', () => {
    const dir = temporaryFolder()
    expect(codeOf(() => open(dir, 'append'))).toBe('GUMP-L011')
    open(dir).append([note('a')])
    expect(codeOf(() => open(dir))).toBe('GUMP-L002')
  })

  test('after close nothing can be appended, and closing again does nothing', () => {
    const ledger = open(temporaryFolder())
    ledger.close()
    ledger.close()
    expect(codeOf(() => ledger.append([note('a')]))).toBe('GUMP-L002')
  })

  test('a ledger that another process wrote to is not continued', () => {
    const ledger = open(temporaryFolder())
    ledger.append([note('a')])
    appendFileSync(ledger.file, '{}\n')
    expect(codeOf(() => ledger.append([note('b')]))).toBe('GUMP-L009')
    expect(readFileSync(ledger.file, 'utf8').split('\n')).toHaveLength(3)
  })

  test('closing while a background fsync runs is safe', async () => {
    const dir = temporaryFolder()
    const failures: unknown[] = []
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const ledger = open(dir, 'create', { onFailure: (error: unknown) => failures.push(error) })
    ledger.append([note('a')], { barrier: false })
    vi.advanceTimersByTime(batchMs)
    ledger.append([note('b')], { barrier: false })
    ledger.close()
    vi.useRealTimers()
    await fsyncFinished(ledger.file)
    expect(failures).toEqual([])
    expect((await readLedger(ledger.file)).events).toHaveLength(2)
  })
})

describe('opening again', () => {
  test('a torn last line is cut off and recorded, even when it is complete JSON', async () => {
    const dir = temporaryFolder()
    const first = open(dir)
    first.append([note('a'), note('é🍿')])
    first.close()
    const bytes = readFileSync(first.file)
    for (const cut of [1, 2, 10, 40]) {
      writeFileSync(first.file, bytes.subarray(0, bytes.length - cut))
      expect((await readLedger(first.file)).events).toHaveLength(1)
      const again = openLedger({ dir, runId: 'run-1', clock, mode: 'append' })
      const torn = bytes.length - cut - bytes.indexOf(0x0a) - 1
      expect(again.events.at(-1)).toMatchObject({ seq: 2, type: 'warning', code: 'GUMP-L007' })
      expect(again.events.at(-1)).toHaveProperty('message', expect.stringContaining(`${torn} bytes`))
      again.append([note('c')])
      again.close()
      expect((await readLedger(first.file)).events.map((event) => event.seq)).toEqual([1, 2, 3])
    }
  })

  test.each([
    ['not JSON', (line: string) => line.slice(0, -2)],
    ['a gap in seq', (line: string) => line.replace('"seq":2', '"seq":3')],
    ['another run', (line: string) => line.replace('run-1', 'run-2')],
    ['no run', (line: string) => line.replace('"run_id"', '"run"')],
    ['no version', (line: string) => line.replace('"v":1,', '')],
    ['no time', (line: string) => line.replace('2026', 'then')],
    ['no type', (line: string) => line.replace('"type"', '"kind"')],
    ['an array', () => '[]'],
    ['nothing', () => ''],
    ['null', () => 'null'],
  ])('a damaged line (%s) is an error that names it, and nothing is changed', async (_, damage) => {
    const dir = temporaryFolder()
    const ledger = open(dir)
    ledger.append([note('a'), note('b'), note('c')])
    ledger.close()
    const lines = readFileSync(ledger.file, 'utf8').split('\n')
    lines[1] = damage(lines[1] ?? '')
    writeFileSync(ledger.file, lines.join('\n'))
    const before = readFileSync(ledger.file)
    await expect(readLedger(ledger.file)).rejects.toMatchObject({ code: 'GUMP-L001', data: { line: 2 } })
    expect(codeOf(() => open(dir, 'append'))).toBe('GUMP-L001')
    expect(readFileSync(ledger.file)).toEqual(before)
  })

  test('invalid UTF-8 in a complete line is damage', async () => {
    const file = join(temporaryFolder(), 'manifest.ndjson')
    const line =
      '{"v":1,"seq":1,"ts":"2026-03-23T18:42:00.007Z","run_id":"r","type":"warning","message":"?"}\n'
    writeFileSync(
      file,
      Buffer.from(line).map((byte) => (byte === 0x3f ? 0xff : byte)),
    )
    await expect(readLedger(file)).rejects.toMatchObject({ code: 'GUMP-L001', data: { line: 1 } })
  })

  test('a newer format is refused by name; unknown types and fields are not', async () => {
    const file = join(temporaryFolder(), 'manifest.ndjson')
    const line = { v: 1, seq: 1, ts: '2026-03-23T18:42:00.007Z', run_id: 'r', type: 'teleported', to: 'Mars' }
    writeFileSync(file, `${JSON.stringify(line)}\n`)
    expect((await readLedger(file)).events).toEqual([line])
    writeFileSync(file, `${JSON.stringify({ ...line, v: 2 })}\n`)
    await expect(readLedger(file)).rejects.toMatchObject({ code: 'GUMP-L008' })
  })

  test('a ledger of another run is refused', () => {
    const dir = temporaryFolder()
    open(dir).append([note('a')])
    expect(codeOf(() => openLedger({ dir, runId: 'run-2', clock, mode: 'append' }))).toBe('GUMP-L001')
  })

  test('any events, cut at any byte and continued, read as the prefix plus the continuation', async () => {
    const dir = temporaryFolder()
    await assert(
      asyncProperty(
        array(anyEvent, { maxLength: 6 }),
        array(anyEvent, { maxLength: 3 }),
        nat(),
        async (before, after, cut) => {
          rmSync(join(dir, 'manifest.ndjson'), { force: true })
          const first = openLedger({ dir, runId: 'run-1', clock, mode: 'create' })
          const written = before.flatMap((event) => first.append([event], { barrier: false }))
          first.close()
          const bytes = readFileSync(first.file)
          const keep = cut % (bytes.length + 1)
          truncateSync(first.file, keep)
          const wholeLines = bytes.subarray(0, keep).toString('latin1').split('\n').length - 1
          const torn = keep > 0 && bytes[keep - 1] !== 0x0a
          const again = openLedger({ dir, runId: 'run-1', clock, mode: 'append' })
          const prefix = [...again.events]
          const continued = again.append(after, { barrier: false })
          again.close()
          const { events, tornBytes } = await readLedger(first.file)
          expect(tornBytes).toBe(0)
          expect(prefix).toHaveLength(wholeLines + (torn ? 1 : 0))
          expect(events).toEqual(
            asRead([...written.slice(0, wholeLines), ...prefix.slice(wholeLines), ...continued]),
          )
          expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1))
        },
      ),
      { numRuns: 150 },
    )
  })
})

/** The thread pool finishes in its own time: one more fsync of the same file ends after those before it. */
async function fsyncFinished(file: string): Promise<void> {
  const handle = await openFile(file, 'r+')
  await handle.sync()
  await handle.close()
}

/** JSON cannot hold `-0`, nor keep lone surrogates apart from their escapes; everything else must come back as it was. */
function asRead<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

describe('fault points', () => {
  test('are called with half of the line written, and when it is done', () => {
    const dir = temporaryFolder()
    const seen: [string, number][] = []
    const file = join(dir, 'manifest.ndjson')
    const ledger = open(dir, 'create', {
      fault: (name: string) => seen.push([name, readFileSync(file).length]),
    })
    ledger.append([note('a'), { type: 'timer_fired', timer: 't' }])
    const size = readFileSync(file).length
    expect(seen).toEqual([
      ['append:warning+timer_fired:torn', Math.ceil(size / 2)],
      ['append:warning+timer_fired:done', size],
    ])
  })

  test('a write that fails half way is taken back, and the ledger is closed permanently', () => {
    const dir = temporaryFolder()
    let fail = false
    const ledger = open(dir, 'create', {
      fault: () => {
        if (fail) throw new Error('the disk is gone')
      },
    })
    ledger.append([note('a')])
    const before = readFileSync(ledger.file)
    fail = true
    expect(codeOf(() => ledger.append([note('b')]))).toBe('GUMP-L002')
    fail = false
    expect(codeOf(() => ledger.append([note('c')]))).toBe('GUMP-L002')
    expect(readFileSync(ledger.file)).toEqual(before)
  })
})

describe('real processes', () => {
  let forever: { file: string; dir: string }
  let full: { file: string; dir: string }
  beforeAll(async () => {
    forever = await bundleProgram('append-forever')
    full = await bundleProgram('append-until-full')
  })
  afterAll(() => {
    for (const program of [forever, full]) rmSync(program.dir, { recursive: true, force: true })
  })

  test('killed while appending, again and again: no acknowledged line is lost', async () => {
    const dir = temporaryFolder()
    let before = 0
    for (let round = 0; round < 5; round += 1) {
      const child = start(process.execPath, [forever.file, dir, round === 0 ? 'create' : 'append'])
      onTestFinished(() => void child.kill('SIGKILL'))
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (output.length > 2000 * (round + 1)) child.kill('SIGKILL')
      })
      await ended(child)
      const acknowledged = Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1))
      const { events } = await readLedger(join(dir, 'manifest.ndjson'))
      expect(acknowledged).toBeGreaterThan(before)
      expect(events.length).toBeGreaterThanOrEqual(acknowledged)
      before = events.length
    }
    open(join(dir), 'append', { runId: 'crash' }).append([note('alive')])
  })

  test.skipIf(process.platform === 'win32')('a full disk ends the ledger with whole lines only', async () => {
    const dir = join(temporaryFolder(), 'run')
    mkdirSync(dir)
    const child = start('sh', ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, full.file, dir])
    const said = JSON.parse(await firstLine(child)) as { written: number; first: unknown; again: string }
    await ended(child)
    expect(said).toMatchObject({ first: { code: 'GUMP-L002', errno: 'EFBIG' }, again: 'GUMP-L002' })
    const { events, tornBytes } = await readLedger(join(dir, 'manifest.ndjson'))
    expect({ tornBytes, lines: events.length }).toEqual({ tornBytes: 0, lines: said.written })
  })
})
