import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cappedFileFacts } from '@gump/process'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAppendFile } from '../src/streams/append-file.js'
import { spec, testRunner } from './support/containers.js'

const max = 64 * 1024
const runner = testRunner()
let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gump-capped-'))
  file = join(folder, 'log')
})
afterEach(() => rmSync(folder, { recursive: true }))

async function append(chunks: readonly string[]): Promise<number> {
  const opened = await openAppendFile(file, { writers: 1, maxBytes: max })
  for (const chunk of chunks) opened.stream.write(Buffer.from(chunk))
  await opened.release()
  return opened.omitted()
}

const note = /\n\[gump: +(\d+) bytes are left out here: the output is larger than the limit\]\n/u

/** Numbered lines, so that missing ones show. */
function text(bytes: number, from = 0): string {
  const lines: string[] = []
  for (let n = from, size = 0; size < bytes; n += 1) {
    lines.push(`line ${n}\n`)
    size += lines.at(-1)?.length ?? 0
  }
  return lines.join('')
}

describe('a file of output with a limit', () => {
  it('keeps everything below it', async () => {
    writeFileSync(file, 'before\n')
    expect(await append([text(20_000)])).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(`before\n${text(20_000)}`)
  })

  it('keeps beginning and end beyond it, and says how much is missing, however it was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 40_000 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 9000 }),
        async (sessions, chunk) => {
          if (existsSync(file)) rmSync(file)
          let whole = ''
          for (const bytes of sessions) {
            const more = text(bytes, whole.length)
            whole += more
            await append(more.match(new RegExp(`.{1,${chunk}}`, 'gsu')) ?? [])
          }
          const kept = readFileSync(file, 'utf8')
          const { written, omitted } = await cappedFileFacts(file, max)
          expect(written).toBe(whole.length)
          expect(statSync(file).size).toBeLessThan(max + 16_384)
          const cut = note.exec(kept)
          if (cut === null) {
            expect([omitted, kept]).toEqual([0, whole])
            return
          }
          const head = kept.slice(0, cut.index)
          const tail = kept.slice(cut.index + cut[0].length)
          expect(Number(cut[1])).toBe(omitted)
          expect(head).toBe(whole.slice(0, head.length))
          expect(tail).toBe(whole.slice(-tail.length))
          expect(head.length + omitted + tail.length).toBe(whole.length)
          expect(tail.length).toBeGreaterThan(20_000)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('holds for a program that writes both its streams into one file, and for each of two', async () => {
    const command = 'for i in $(seq 20000); do echo "out $i"; echo "err $i" >&2; done'
    const run = async (stdoutFile: string, stderrFile: string) =>
      (await runner.start(spec('bash', ['-c', command], { stdoutFile, stderrFile, maxFileBytes: max }))).exit
    const one = await run(file, file)
    expect(one.cut).toEqual([{ file, omittedBytes: expect.any(Number) }])
    const kept = readFileSync(file, 'utf8')
    expect(kept).toMatch(/^(?:out|err) 1\n/u)
    expect(kept).toMatch(/(?:out|err) 20000\n$/u)
    expect(kept.length).toBeLessThan(max + 16_384)
    expect(kept.length - (note.exec(kept)?.[0].length ?? 0) + (one.cut?.[0]?.omittedBytes ?? 0)).toBe(
      2 * text2(),
    )
    const two = await run(join(folder, 'a'), join(folder, 'b'))
    expect(two.cut?.map((cut) => cut.file)).toEqual([join(folder, 'a'), join(folder, 'b')])
  })

  it('grows no memory, whatever is written', async () => {
    const before = process.memoryUsage.rss()
    const contained = await runner.start(
      spec('bash', ['-c', 'yes "a line of output" | head -c 300000000'], {
        stdoutFile: file,
        maxFileBytes: max,
      }),
    )
    const { cut } = await contained.exit
    expect(cut?.[0]?.omittedBytes).toBeGreaterThan(299_000_000)
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024)
  })
})

/** Bytes of one of the streams. */
function text2(): number {
  let bytes = 0
  for (let n = 1; n <= 20_000; n += 1) bytes += `out ${n}\n`.length
  return bytes
}
