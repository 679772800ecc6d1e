import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { followLedger, openLedger, type LedgerEvent } from '@gump/ledger'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from './support/temporary.js'

/** Follows a ledger and lets a test wait for the n-th event. */
function follow(file: string): {
  seen: LedgerEvent[]
  count(n: number): Promise<void>
  stop(): Promise<void>
} {
  const seen: LedgerEvent[] = []
  const waiting: { n: number; resolve: () => void }[] = []
  const stopped = new AbortController()
  const done = followLedger(
    file,
    (event) => {
      seen.push(event)
      for (const { n, resolve } of waiting) if (seen.length >= n) resolve()
    },
    stopped.signal,
    { pollMs: 20 },
  )
  return {
    seen,
    count: (n) =>
      seen.length >= n ? Promise.resolve() : new Promise((resolve) => waiting.push({ n, resolve })),
    async stop() {
      stopped.abort()
      await done
    },
  }
}

const note = (message: string) => ({ type: 'warning', message }) as const
const clock = { now: () => 0 }

describe('following a ledger', () => {
  test('hands over what is there and what comes, each once, in order', async () => {
    const dir = temporaryFolder()
    const ledger = openLedger({ dir, runId: 'r', clock, mode: 'create' })
    ledger.append([note('1'), note('2')])
    const following = follow(ledger.file)
    await following.count(2)
    for (let index = 3; index <= 200; index += 1)
      ledger.append([note('x'.repeat(index * 40))], { barrier: false })
    await following.count(200)
    ledger.close()
    await following.stop()
    expect(following.seen.map((event) => event.seq)).toEqual(
      Array.from({ length: 200 }, (_, index) => index + 1),
    )
  })

  test('waits for the rest of a line, and survives it being cut off and continued otherwise', async () => {
    const dir = temporaryFolder()
    const first = openLedger({ dir, runId: 'r', clock, mode: 'create' })
    first.append([note('1'), note('second, which is long enough to be cut'), note('3')])
    first.close()
    const lines = readFileSync(first.file, 'utf8').split('\n')
    writeFileSync(first.file, `${lines[0]}\n${lines[1]?.slice(0, 60)}`)
    const following = follow(first.file)
    await following.count(1)
    appendFileSync(first.file, `${lines[1]?.slice(60)}\n${lines[2]?.slice(0, 30)}`)
    await following.count(2)
    truncateSync(first.file, readFileSync(first.file).length - 5)
    const second = openLedger({ dir, runId: 'r', clock, mode: 'append' })
    second.append([note('4')])
    second.close()
    await following.count(4)
    await following.stop()
    expect(following.seen.map((event) => event.seq)).toEqual([1, 2, 3, 4])
    expect(following.seen[2]).toMatchObject({ code: 'GUMP-L007' })
  })

  test('a damaged line and a missing file end it with an error', async () => {
    const file = join(temporaryFolder(), 'manifest.ndjson')
    const signal = new AbortController().signal
    await expect(followLedger(file, () => {}, signal)).rejects.toMatchObject({ code: 'GUMP-L011' })
    writeFileSync(file, 'x\n')
    await expect(followLedger(file, () => {}, signal)).rejects.toMatchObject({ code: 'GUMP-L001' })
  })

  test('ends when it learns that nobody writes any more, with what was written last', async () => {
    const ledger = openLedger({ dir: temporaryFolder(), runId: 'r', clock, mode: 'create' })
    const seen: number[] = []
    let asked = 0
    const isOver = (): Promise<boolean> => {
      asked += 1
      if (asked === 2) ledger.append([note('last words')])
      return Promise.resolve(asked === 2)
    }
    ledger.append([note('first')])
    const { signal } = new AbortController()
    await followLedger(ledger.file, ({ seq }) => seen.push(seq), signal, { pollMs: 10, isOver })
    ledger.close()
    expect([asked, seen]).toEqual([2, [1, 2]])
  })

  test('ends at once when it is already aborted', async () => {
    const file = join(temporaryFolder(), 'manifest.ndjson')
    writeFileSync(file, 'x\n')
    await followLedger(file, () => {}, AbortSignal.abort())
  })
})
