import { watch, type FSWatcher } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { LedgerEvent } from './events.js'
import { createLineDecoder, type LineDecoder } from './line-decoder.js'
import { unreadable } from './read.js'

/** How {@link followLedger} notices changes. */
export interface FollowOptions {
  /** Also look every so many milliseconds: network and container file systems report no changes. Default 1000. */
  readonly pollMs?: number
  /** Asked at every such look: true when nobody writes any more; what is there by then is still handed over. */
  readonly isOver?: () => Promise<boolean>
}

/**
 * Hands over every event of a ledger, those already there and those to come, in order, each once. Resolves when `signal`
 * is aborted or it is over; the ledger may grow, have its torn end cut off, and be continued by another process meanwhile.
 *
 * @throws GumpError `GUMP-L001`, `GUMP-L008`, `GUMP-L011`, `GUMP-L012` as `readLedger` does; and whatever `onEvent` throws.
 */
export async function followLedger(
  file: string,
  onEvent: (event: LedgerEvent) => void,
  signal: AbortSignal,
  options: FollowOptions = {},
): Promise<void> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw unreadable(file, cause)
  })
  const bell = createBell()
  // Watching starts before reading, or a line written between the two would wait for the next one.
  const watcher = watchIfPossible(file, bell.ring)
  let due = options.isOver !== undefined
  const poll = setInterval(() => {
    due = options.isOver !== undefined
    bell.ring()
  }, options.pollMs ?? 1000)
  signal.addEventListener('abort', bell.ring)
  const decoder = createLineDecoder(file)
  try {
    for (let over = false; !over && !signal.aborted;) {
      // Asked before reading, so that nothing can be written between the last look and the end.
      if (due) over = (await options.isOver?.()) ?? false
      due = false
      await readOn(handle, decoder, (event) => {
        if (!signal.aborted) onEvent(event)
      })
      if (!over && !signal.aborted) await bell.rung()
    }
  } finally {
    clearInterval(poll)
    watcher?.close()
    signal.removeEventListener('abort', bell.ring)
    await handle.close()
  }
}

const chunkBytes = 256 * 1024

async function readOn(
  handle: FileHandle,
  decoder: LineDecoder,
  onEvent: (event: LedgerEvent) => void,
): Promise<void> {
  // An incomplete line is read again from its start: the next owner may have cut it off and written another.
  decoder.forgetPending()
  let position = decoder.offset
  for (;;) {
    const chunk = Buffer.alloc(chunkBytes)
    const { bytesRead } = await handle.read(chunk, 0, chunkBytes, position)
    if (bytesRead === 0) return
    position += bytesRead
    for (const event of decoder.push(chunk.subarray(0, bytesRead))) onEvent(event)
  }
}

/** Remembers one ring while nobody waits. */
function createBell(): { ring(): void; rung(): Promise<void> } {
  let rang = false
  let wake: (() => void) | null = null
  return {
    ring() {
      rang = true
      wake?.()
    },
    async rung() {
      if (!rang) await new Promise<void>((resolve) => (wake = resolve))
      wake = null
      rang = false
    },
  }
}

function watchIfPossible(file: string, onChange: () => void): FSWatcher | null {
  try {
    const watcher = watch(file, { persistent: false }, onChange)
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    // Out of watches, or a file system without them: the poll is enough.
    return null
  }
}
