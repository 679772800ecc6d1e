import type { RetryOverride } from '../../ir.js'
import type { Span, YamlNode } from '../../yaml/tree.js'
import { quote } from '../../read/describe.js'
import { positiveInteger, readNumber, wrongKind } from '../../read/scalars.js'
import { readTemplate } from '../../read/template.js'
import type { ParseContext } from '../context.js'
import { splitShorthand } from '../shorthand.js'

/** What changes at one attempt; attempts without a step change nothing. */
export interface StrategyStep {
  readonly attempt: number
  readonly override: RetryOverride
  readonly at: Span
}

const expected = 'same, "same: N", "escalate: AGENT" or "replan: AGENT"'
const maxAttempts = 1000

/** `strategy`: entry i governs attempt i + 1; `same: N` stands for N entries. The last one stays in force. */
export function readStrategy(cx: ParseContext, node: YamlNode): readonly StrategyStep[] {
  if (node.kind !== 'seq') {
    wrongKind(cx, node, 'strategy', `a list of ${expected}`)
    return []
  }
  const steps: StrategyStep[] = []
  let attempt = 2
  for (const item of node.items) {
    const read = readItem(cx, item)
    if (read === null) continue
    if (read.override !== null) steps.push({ attempt, override: read.override, at: item })
    attempt += read.attempts
  }
  return steps
}

function readItem(
  cx: ParseContext,
  node: YamlNode,
): { readonly attempts: number; readonly override: RetryOverride | null } | null {
  const [word, value] = wordAndValue(node)
  if (word === 'same') {
    if (value === undefined) return { attempts: 1, override: null }
    const range = {
      ...positiveInteger,
      test: (n: number) => n >= 1 && n <= maxAttempts,
      expected: `1 to ${maxAttempts}`,
    }
    const attempts = readNumber(cx, value, 'same', range)
    return attempts === null ? null : { attempts, override: null }
  }
  if ((word === 'escalate' || word === 'replan') && value !== undefined) {
    const agent = readTemplate(cx, value, word, 'the name of an agent')
    if (agent === null) return null
    const override: RetryOverride =
      word === 'replan' ? { replan: agent } : { agent, session: 'new', worktree: 'reset' }
    return { attempts: 1, override }
  }
  const shown = word === undefined ? 'this' : quote(word)
  cx.problems.report('GUMP-W077', node, `${shown} is no strategy`, { expected })
  return null
}

function wordAndValue(node: YamlNode): readonly [string | undefined, YamlNode | undefined] {
  if (node.kind === 'map' && node.entries.length === 1) return [node.entries[0]?.key, node.entries[0]?.value]
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return [undefined, undefined]
  const split = splitShorthand(node, node.value)
  return split === null ? [node.value.trim(), undefined] : [split.word, split.rest]
}
