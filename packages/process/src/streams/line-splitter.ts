/** Cuts a stream of bytes into lines. */
export interface LineSplitter {
  push(chunk: Buffer): void
  /** Delivers what follows the last line end, if anything. */
  end(): void
}

/** A line longer than this is cut: 64 MiB, far beyond what an agent prints and far below V8's longest string. */
export const DEFAULT_MAX_LINE_BYTES: number = 64 * 1024 * 1024

const LF = 10
const CR = 13
/** A long line's buffer is let go afterwards when it is larger than this. */
const KEEP_BYTES = 1024 * 1024

/**
 * Delivers the lines of a stream to `onLine`, without their `\n` or `\r\n`, invalid UTF-8 replaced by U+FFFD. Every
 * byte is copied a bounded number of times however the stream is cut; of a line beyond `maxBytes` the beginning is
 * delivered with `truncated`, and no more of it is kept in memory.
 */
export function createLineSplitter(
  onLine: (line: string, truncated: boolean) => void,
  maxBytes: number = DEFAULT_MAX_LINE_BYTES,
): LineSplitter {
  /** The beginning of the line whose end has not come yet: `kept` bytes of `total`, the last being `lastByte`. */
  let buffer: Buffer = Buffer.alloc(0)
  let kept = 0
  let total = 0
  let lastByte = -1

  const keep = (chunk: Buffer, from: number, to: number): void => {
    if (from === to) return
    const size = Math.min(to - from, maxBytes - kept)
    if (kept + size > buffer.length) {
      const grown = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(4096, 2 * (kept + size))))
      buffer.copy(grown, 0, 0, kept)
      buffer = grown
    }
    chunk.copy(buffer, kept, from, from + size)
    kept += size
    total += to - from
    lastByte = chunk[to - 1] ?? -1
  }

  const deliverKept = (ended: boolean): void => {
    const length = ended && lastByte === CR ? total - 1 : total
    const line = decode(buffer, 0, Math.min(length, kept), length > maxBytes)
    kept = 0
    total = 0
    lastByte = -1
    if (buffer.length > KEEP_BYTES) buffer = Buffer.alloc(0)
    onLine(line, length > maxBytes)
  }

  return {
    push(chunk) {
      let start = 0
      for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, start)) {
        const begin = start
        start = at + 1
        if (total > 0) {
          keep(chunk, begin, at)
          deliverKept(true)
          continue
        }
        const end = at > begin && chunk[at - 1] === CR ? at - 1 : at
        const cut = end - begin > maxBytes
        onLine(decode(chunk, begin, cut ? begin + maxBytes : end, cut), cut)
      }
      keep(chunk, start, chunk.length)
    },
    end() {
      if (total > 0) deliverKept(false)
    },
  }
}

function decode(bytes: Buffer, from: number, to: number, cut: boolean): string {
  return bytes.toString('utf8', from, cut ? characterBoundary(bytes, from, to) : to)
}

/** `to`, or a little before it where that would cut a character in two. */
function characterBoundary(bytes: Buffer, from: number, to: number): number {
  for (let at = to - 1; at >= from && to - at <= 4; at -= 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) return to
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return at + length > to ? at : to
    }
  }
  return to
}
