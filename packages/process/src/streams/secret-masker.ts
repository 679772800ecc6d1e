import { MASK, secretForms } from './mask-secrets.js'
import { maskedRegions, type Region } from './masked-regions.js'

/** Masks secrets in a stream of bytes, however it is cut into chunks. */
export interface SecretMasker {
  /** Bytes that are decided by now; what may be the beginning of a secret is kept for the next call. */
  push(chunk: Buffer): Buffer
  /** What is left when the stream ends. */
  end(): Buffer
}

const MASK_BYTES = Buffer.from(MASK)
const NOTHING = Buffer.alloc(0)

/**
 * A {@link SecretMasker} whose whole output equals {@link maskSecrets} of the whole input. It holds back at most the
 * longest secret, and only while the last bytes are the beginning of one, so lines are not delayed.
 */
export function createSecretMasker(secrets: readonly string[]): SecretMasker {
  const needles = secretForms(secrets).map((form) => Buffer.from(form))
  if (needles.length === 0) return { push: (chunk) => chunk, end: () => NOTHING }

  let held: Buffer = NOTHING
  /** How many of the held bytes belong to a region whose mark is already out; 0 also when it ended right there. */
  let covered = 0
  /** True when the last thing put out was a mark, so a region that touches it adds no second one. */
  let marked = false

  const put = (bytes: Buffer, decided: number): Buffer => {
    if (decided === 0) return NOTHING
    const regions = withCovered(maskedRegions(bytes, needles), marked ? covered : -1)
    const parts: Buffer[] = []
    let at = 0
    for (const region of regions) {
      if (region.start >= decided) break
      if (region.start > at) {
        parts.push(bytes.subarray(at, region.start))
        marked = false
      }
      if (!marked) parts.push(MASK_BYTES)
      marked = true
      at = region.end
    }
    if (at < decided) {
      parts.push(at === 0 && decided === bytes.length ? bytes : bytes.subarray(at, decided))
      marked = false
    }
    covered = Math.max(0, at - decided)
    return parts.length === 1 ? (parts[0] ?? NOTHING) : Buffer.concat(parts)
  }

  return {
    push(chunk) {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      const decided = bytes.length - undecidedLength(bytes, needles)
      const output = put(bytes, decided)
      // A copy, so that a few bytes do not keep the whole chunk alive.
      held = decided === bytes.length ? NOTHING : Buffer.from(bytes.subarray(decided))
      return output
    },
    end() {
      const output = put(held, held.length)
      held = NOTHING
      return output
    },
  }
}

/** Joins the region that began in earlier output, and covers the first `covered` bytes, with those found now. */
function withCovered(regions: Region[], covered: number): Region[] {
  if (covered < 0) return regions
  let end = covered
  let used = 0
  for (const region of regions) {
    if (region.start > end) break
    end = Math.max(end, region.end)
    used += 1
  }
  return end === 0 ? regions : [{ start: 0, end }, ...regions.slice(used)]
}

/** Length of the longest end of `bytes` that is the beginning, but not the whole, of a needle. */
function undecidedLength(bytes: Buffer, needles: readonly Buffer[]): number {
  let longest = 0
  for (const needle of needles) {
    const first = needle[0]
    if (first === undefined) continue
    const from = Math.max(0, bytes.length - needle.length + 1)
    for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
      const length = bytes.length - at
      if (length <= longest) break
      if (bytes.compare(needle, 0, length, at) === 0) {
        longest = length
        break
      }
    }
  }
  return longest
}
