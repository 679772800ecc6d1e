// Git paths are bytes. A byte that is not part of valid UTF-8 becomes one lone surrogate, U+DC00 + byte, which valid
// UTF-8 never decodes to: the text is lossless, and JSON carries it. (The same escape as Python's surrogateescape.)

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text form of a path: UTF-8, and every byte that is not UTF-8 as the code unit U+DC80 … U+DCFF. */
export function decodePath(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return decodeBroken(bytes)
  }
}

function decodeBroken(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at)
    if (length === 0) {
      text += String.fromCharCode(0xdc_00 + (bytes[at] ?? 0))
      at += 1
    } else {
      text += strict.decode(bytes.subarray(at, at + length))
      at += length
    }
  }
  return text
}

/** Length of the valid UTF-8 sequence that starts at `at`, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  try {
    strict.decode(bytes.subarray(at, at + length))
    return at + length <= bytes.length ? length : 0
  } catch {
    return 0
  }
}

/** The exact bytes of a path that {@link decodePath} made. */
export function encodePath(path: string): Buffer {
  if (!/\p{Surrogate}/u.test(path)) return Buffer.from(path, 'utf8')
  const parts: Buffer[] = []
  for (const character of path) {
    const code = character.charCodeAt(0)
    const escaped = character.length === 1 && code >= 0xdc_80 && code <= 0xdc_ff
    parts.push(escaped ? Buffer.of(code - 0xdc_00) : Buffer.from(character, 'utf8'))
  }
  return Buffer.concat(parts)
}

/** Splits NUL-terminated records. */
export function splitRecords(output: Buffer): Buffer[] {
  const records: Buffer[] = []
  for (let from = 0; from < output.length;) {
    const end = output.indexOf(0, from)
    records.push(output.subarray(from, end === -1 ? output.length : end))
    if (end === -1) break
    from = end + 1
  }
  return records
}

/** Joins paths into NUL-terminated records, as `-z --stdin` wants them. */
export function joinRecords(records: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    records.flatMap((record) => [typeof record === 'string' ? encodePath(record) : record, Buffer.of(0)]),
  )
}
