import { MASK } from './mask-secrets.js'
import { addRegion, createPatternAutomaton, type PatternAutomaton, type Region } from './pattern-automaton.js'
import { secretForms } from './secret-forms.js'

/** Masks secrets in a stream of bytes, however it is cut into chunks. */
export interface SecretMasker {
  /** Bytes that are decided by now; what may be the beginning of a secret is kept for the next call. */
  push(chunk: Buffer): Buffer
  /** What is left when the stream ends. */
  end(): Buffer
}

const MASK_BYTES = Buffer.from(MASK)
const NOTHING = Buffer.alloc(0)

/** Automata by the list of secrets: every stream of a run masks with the same. */
const known = new WeakMap<readonly string[], PatternAutomaton | null>()

function automatonFor(secrets: readonly string[]): PatternAutomaton | null {
  const cached = known.get(secrets)
  if (cached !== undefined) return cached
  const forms = secretForms(secrets)
  const made = forms.length === 0 ? null : createPatternAutomaton(forms.map((form) => Buffer.from(form)))
  known.set(secrets, made)
  return made
}

/**
 * A {@link SecretMasker} whose whole output equals {@link maskSecrets} of the whole input. It holds back at most the
 * longest form of a secret, and only while the last bytes are the beginning of one, so lines are not delayed.
 */
export function createSecretMasker(secrets: readonly string[]): SecretMasker {
  const automaton = automatonFor(secrets)
  if (automaton === null) return { push: (chunk) => chunk, end: () => NOTHING }

  let state = automaton.start
  let held: Buffer = NOTHING
  /** Place of the first held byte in the whole stream. */
  let from = 0
  /** Regions that are not put out yet, by their place in the whole stream. */
  let regions: Region[] = []
  /** End of the last region whose mark is out: another one that touches it adds none. */
  let marked = -1

  /** Puts out what lies before `decided`. */
  const put = (bytes: Buffer, decided: number): Buffer => {
    const parts: Buffer[] = []
    let at = Math.max(from, marked)
    const literal = (until: number): void => {
      if (until > at) parts.push(bytes.subarray(at - from, until - from))
    }
    const open = regions.findIndex(({ start }) => start >= decided)
    for (const region of open === -1 ? regions : regions.slice(0, open)) {
      if (region.start > marked) {
        literal(region.start)
        parts.push(MASK_BYTES)
      }
      marked = Math.max(marked, region.end)
      at = Math.max(at, marked)
    }
    regions = open === -1 ? [] : regions.slice(open)
    literal(decided)
    // A copy, so that a few bytes do not keep the whole chunk alive.
    held = decided - from === bytes.length ? NOTHING : Buffer.from(bytes.subarray(decided - from))
    from = decided
    return parts.length === 1 ? (parts[0] ?? NOTHING) : Buffer.concat(parts)
  }

  return {
    push(chunk) {
      let place = from + held.length
      for (let at = 0; at < chunk.length; at += 1) {
        state = automaton.step(state, chunk[at] ?? 0)
        place += 1
        const length = automaton.ending(state)
        if (length > 0) addRegion(regions, place - length, place)
      }
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      return put(bytes, place - automaton.depth(state))
    },
    end: () => put(held, from + held.length),
  }
}
