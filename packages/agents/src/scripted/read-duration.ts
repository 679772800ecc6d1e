import { isScalar, type Node } from 'yaml'
import type { LocatedReader } from './located-reader.js'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/
const EXPECTED = 'milliseconds, or a duration such as 200ms, 2s, 1m30s'

/** Reads milliseconds: a number of them, or a text such as `1m30s`. */
export function readDuration(reader: LocatedReader, node: Node | null, what: string): number | null {
  const value = isScalar(node) ? node.value : undefined
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return Math.round(value)
  if (typeof value === 'string' && value.length <= 100 && DURATION.test(value)) {
    const parts = value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)
    return Math.round(
      [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0), 0),
    )
  }
  return reader.problem(node, `${what} must be a duration`, { expected: EXPECTED })
}
