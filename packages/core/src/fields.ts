import type { ArtifactRef, TokenCounts } from '@gump/ledger'
import { matchGateName } from '@gump/state'
import {
  type Attempt,
  type Launch,
  type Node,
  type Spent,
  childOf,
  earlierAttempt,
  knownCostUsd,
  knownTokens,
  knownTurns,
  lastAttempt,
  lastLaunch,
  sumSpent,
} from '@gump/history'

/** A value of the state bag: text, or where the text is kept. */
export type BagValue = string | ArtifactRef

/** One field of a step, as the ledger knows it; empty while there is nothing. */
export function fieldOf(node: Node, field: string): BagValue {
  if (field.startsWith('prev.')) return attemptField(node, previousAttempt(node), field.slice('prev.'.length))
  if (field.startsWith('state.')) return grafted(node, field.slice('state.'.length))
  if (field.startsWith('get.')) return calledField(node, field.slice('get.'.length))
  return attemptField(node, lastAttempt(node) ?? earlierAttempt(node), field)
}

/** Every field that a step has a value for, in the order of the reference. */
export function fieldsOf(node: Node): Readonly<Record<string, BagValue>> {
  const attempt = lastAttempt(node) ?? earlierAttempt(node)
  const gates = Object.keys(attempt?.gates ?? {}).flatMap((name) => [
    `gate.${name}`,
    `gate.${name}.error`,
    `gate.${name}.comments`,
  ])
  const entries = [...Object.keys(readers), ...gates].map((field) => [field, fieldOf(node, field)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}

/** The attempt before the current one: of this round, or the last of the round before. */
export function previousAttempt(node: Node): Attempt | null {
  return node.attempts.at(-2) ?? earlierAttempt(node)
}

type Reader = (node: Node, attempt: Attempt, launch: Launch | null) => BagValue

const readers: Readonly<Record<string, Reader>> = {
  output: (_node, _attempt, launch) => outputOf(launch),
  diff: (_node, _attempt, launch) => launch?.snapshot?.diff ?? '',
  files: (_node, _attempt, launch) => launch?.snapshot?.files.map((file) => file.path).join(',') ?? '',
  comments: (_node, _attempt, launch) => launch?.output?.comments ?? '',
  agent: (_node, attempt) => attempt.agent ?? '',
  session_id: (_node, _attempt, launch) => launch?.sessionId ?? '',
  status: (node, attempt) => statusOf(node, attempt),
  attempt: (_node, attempt) => String(attempt.attempt),
  retries: (_node, attempt) => String(attempt.attempt - 1),
  duration: (node) => String(node.completed?.durationMs ?? ''),
  cost: (node) => (node.attempts.some(ranAgent) ? String(knownCostUsd(stepSpent(node)) ?? '') : ''),
  turns: (node) => counted(node, knownTurns),
  tokens_in: (node) => tokens(node, 'input'),
  tokens_out: (node) => tokens(node, 'output'),
  cache_read: (node) => tokens(node, 'cache_read'),
  cache_write: (node) => tokens(node, 'cache_write'),
}

function attemptField(node: Node, attempt: Attempt | null, field: string): BagValue {
  if (attempt === null) return ''
  if (field.startsWith('gate.')) return gateField(node, attempt, field.slice('gate.'.length))
  const read = Object.hasOwn(readers, field) ? readers[field] : undefined
  return read === undefined ? '' : read(node, attempt, lastLaunch(attempt))
}

/** While an attempt has not been judged, its gates are those of the attempt before. */
function gateField(node: Node, attempt: Attempt, path: string): string {
  const match = /^(.*?)(?:\.(error|comments))?$/.exec(path)
  const facts =
    Object.keys(attempt.gates).length > 0 ? attempt.gates : (previousOf(node, attempt)?.gates ?? {})
  const named = matchGateName(match?.[1] ?? path, Object.keys(facts))
  const fact = named.status === 'found' ? facts[named.gate] : undefined
  if (fact === undefined) return ''
  if (match?.[2] === 'error') return fact.error
  if (match?.[2] === 'comments') return fact.comments ?? ''
  return fact.status === 'skipped' ? '' : String(fact.status === 'pass')
}

function previousOf(node: Node, attempt: Attempt): Attempt | null {
  const index = node.attempts.indexOf(attempt)
  return index > 0 ? (node.attempts[index - 1] ?? null) : index === 0 ? earlierAttempt(node) : null
}

function outputOf(launch: Launch | null): BagValue {
  const output = launch?.output
  if (output === null || output === undefined) return ''
  if (output.verdict !== undefined) return String(output.verdict)
  return output.output ?? launch?.snapshot?.diff ?? ''
}

function statusOf(node: Node, attempt: Attempt): string {
  if (node.completed !== null) return node.completed.status
  return attempt.retry === null ? '' : 'fail'
}

function ranAgent(attempt: Attempt): boolean {
  return attempt.launches.length > 0
}

/** What all attempts of the current round used. */
export function stepSpent(node: Node): Spent {
  return sumSpent(node.attempts.flatMap((attempt) => attempt.launches).map(({ spent }) => spent))
}

function tokens(node: Node, name: keyof TokenCounts): string {
  return counted(node, (spent) => knownTokens(spent, name))
}

/** A sum is only known when all its parts are. */
function counted(node: Node, count: (spent: Spent) => number | null): string {
  return node.attempts.some(ranAgent) ? String(count(stepSpent(node)) ?? '') : ''
}

/** State of a workflow the step has called: `verdict.comments`, `audit/scan.output`. */
function grafted(node: Node, key: string): BagValue {
  const dot = key.indexOf('.')
  const path = dot < 0 ? key : key.slice(0, dot)
  const roots = node.children.values().filter(({ is }) => is === 'get')
  for (const root of [node, ...roots]) {
    const found = path.split('/').reduce<Node>(childOf, root)
    const value = fieldOf(found, dot < 0 ? 'output' : key.slice(dot + 1))
    if (value !== '') return value
  }
  return ''
}

/** A field of the last step of the workflow that GET has called. */
function calledField(node: Node, field: string): BagValue {
  const called = node.children.values().find(({ is }) => is === 'get')
  const last = called?.children.values().findLast(({ is }) => is === 'step')
  return last === undefined ? '' : fieldOf(last, field)
}
