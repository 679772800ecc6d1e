import { GumpError, type Diagnostic } from '@gump/errors'
import { isSeq, LineCounter, parseDocument, type Node } from 'yaml'
import { NO_TOKENS } from '../streams/usage-sum.js'
import { createLocatedReader, rangeBetween, type LocatedReader } from './located-reader.js'
import { readAction } from './read-actions.js'
import { readMatch } from './read-match.js'
import { readOutcome } from './read-outcome.js'
import type { AgentScript, ScriptAction, ScriptEntry } from './script.js'

/**
 * Parses the YAML script of the scripted agent: a list of entries, of which the first that matches an attempt is
 * played.
 *
 * ```yaml
 * - match: {step: impl, attempt: 1}
 *   do:
 *     - write: {path: src/a.ts, content: "export const a = 1\n"}
 *     - usage: {input: 1200, output: 80, cost_usd: 0.01}
 * - match: {step: plan*}
 *   do:
 *     - out: {plan: [{name: a, description: first}]}
 *   cost: 0.02
 * - outcome: {failed: quota, message: come back later, retry_after: 5m}
 * ```
 *
 * @param text the script
 * @param file its name, for messages
 * @throws GumpError `GUMP-A001` with a located diagnostic for every problem in the text.
 */
export function parseAgentScript(text: string, file: string): AgentScript {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const syntax = document.errors.map((error): Diagnostic => ({
    code: 'GUMP-A001',
    severity: 'error',
    message: error.message,
    file,
    range: rangeBetween(error.pos[0], error.pos[1], lines),
  }))
  if (syntax.length > 0) throw scriptError(file, syntax)

  const reader = createLocatedReader(document, lines, file)
  const entries = readEntries(reader, reader.resolve(document.contents))
  if (reader.diagnostics.length > 0) throw scriptError(file, reader.diagnostics)
  return { file, entries }
}

function scriptError(file: string, diagnostics: readonly Diagnostic[]): GumpError {
  const first = diagnostics[0]
  const at =
    first?.range === undefined ? file : `${file}:${first.range.start.line}:${first.range.start.column}`
  return new GumpError(
    'GUMP-A001',
    `the agent script is not valid: ${at}: ${first?.message ?? 'unreadable'}`,
    {
      data: { file, problems: diagnostics.length },
      remedy: 'correct the script at the place the message names',
      diagnostics,
    },
  )
}

function readEntries(reader: LocatedReader, root: Node | null): readonly ScriptEntry[] {
  if (!isSeq(root)) {
    reader.problem(root, 'an agent script is a list of entries', { expected: '- match: {…}, do: […]' })
    return []
  }
  return root.items.map((item) => readEntry(reader, reader.resolve(item))).filter((entry) => entry !== null)
}

function readEntry(reader: LocatedReader, node: Node | null): ScriptEntry | null {
  const map = reader.map(node, 'an entry', ['match', 'do', 'outcome', 'cost'])
  if (map === null) return null
  const match = map.entries.get('match')
  const actions = map.entries.get('do')
  const outcome = map.entries.get('outcome')
  const cost = map.entries.get('cost')
  return {
    match: match === undefined ? {} : readMatch(reader, match.value),
    actions: [
      ...(actions === undefined ? [] : readActions(reader, actions.value)),
      ...(cost === undefined ? [] : readCost(reader, cost.value)),
    ],
    outcome: (outcome === undefined ? null : readOutcome(reader, outcome.value)) ?? { kind: 'success' },
  }
}

function readActions(reader: LocatedReader, node: Node | null): readonly ScriptAction[] {
  const items = reader.list(node, 'do') ?? []
  const actions = items.map((item) => readAction(reader, item))
  const exit = actions.findIndex((action) => action?.action === 'exit')
  if (exit !== -1 && exit < actions.length - 1)
    reader.problem(items[exit + 1] ?? null, 'nothing can follow exit')
  return actions.filter((action) => action !== null)
}

function readCost(reader: LocatedReader, node: Node | null): readonly ScriptAction[] {
  const legal = (value: number): boolean => Number.isFinite(value) && value >= 0
  const costUsd = reader.number(node, 'cost', legal, 'an amount of USD of at least 0')
  return costUsd === null ? [] : [{ action: 'usage', tokens: NO_TOKENS, costUsd }]
}
