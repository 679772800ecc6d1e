import type { AttemptPosition } from '../contract.js'
import type { AgentScript, ScriptEntry, ScriptMatch } from './script.js'

/** The first entry that fits the attempt, or null. */
export function findEntry(script: AgentScript, position: AttemptPosition): ScriptEntry | null {
  return script.entries.find((entry) => matches(entry.match, position)) ?? null
}

/** True when every member of `match` fits the attempt. */
export function matches(match: ScriptMatch, position: AttemptPosition): boolean {
  return (
    stepMatches(match.step, position) &&
    textMatches(match.task, position.task) &&
    textMatches(match.agent, position.agent) &&
    (match.type === undefined || match.type === position.type) &&
    numberMatches(match.attempt, position.attempt) &&
    numberMatches(match.round, position.round) &&
    numberMatches(match.launch, position.launch)
  )
}

/** Says what was looked for: `step "impl" (path "decompose/a/impl"), task "a", agent "claude", attempt 2, …`. */
export function describePosition(position: AttemptPosition): string {
  const task = position.task === null ? 'no task' : `task ${JSON.stringify(position.task)}`
  return [
    `step ${JSON.stringify(position.step)} (path ${JSON.stringify(position.path)})`,
    task,
    `agent ${JSON.stringify(position.agent)}`,
    `type ${position.type}`,
    `attempt ${position.attempt}`,
    `round ${position.round}`,
    `launch ${position.launch}`,
  ].join(', ')
}

function stepMatches(pattern: string | undefined, position: AttemptPosition): boolean {
  if (pattern === undefined) return true
  return wildcard(pattern, pattern.includes('/') ? position.path : position.step)
}

function textMatches(pattern: string | undefined, text: string | null): boolean {
  if (pattern === undefined) return true
  return text !== null && wildcard(pattern, text)
}

function numberMatches(allowed: readonly number[] | undefined, number: number): boolean {
  return allowed === undefined || allowed.includes(number)
}

/**
 * Wildcard match in time O(pattern × text), by the set of pattern positions that can follow what was read: a
 * backtracking expression could be made to run for ages.
 */
function wildcard(pattern: string, text: string): boolean {
  const parts = tokens(pattern)
  let reachable = closure(new Set([0]), parts)
  for (const character of text) {
    const next = new Set<number>()
    for (const at of reachable) {
      const part = parts[at]
      if (part === '**' || (part === '*' && character !== '/')) next.add(at)
      else if (part === character) next.add(at + 1)
    }
    if (next.size === 0) return false
    reachable = closure(next, parts)
  }
  return reachable.has(parts.length)
}

function tokens(pattern: string): readonly string[] {
  return pattern.match(/\*\*|[\s\S]/gu) ?? []
}

function closure(positions: Set<number>, parts: readonly string[]): Set<number> {
  const all = new Set(positions)
  for (const start of positions) {
    let at = start
    while (parts[at] === '*' || parts[at] === '**') {
      at += 1
      all.add(at)
    }
  }
  return all
}
