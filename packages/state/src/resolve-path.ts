import { joinPath, visibleSplits, visibleSteps } from './scope.js'
import type { Scope, ScopeStep, VisibleStep } from './scope.js'

/**
 * The steps that a path with slashes can mean: it starts at a visible step and goes down from there. Inside a task, the task's
 * own segment may be left out (`decompose/impl`). `build/<task>/<step>` stands for the only split in scope.
 */
export function findByPath(path: string, scope: Scope): readonly VisibleStep[] {
  const [first = '', ...rest] = path.split('/')
  const starts = visibleSteps(first, scope)
  if (starts.length > 0) return unique(starts.flatMap((start) => descend(start, rest, scope)))
  if (first !== 'build') return []
  return unique(visibleSplits(scope).flatMap((split) => descend(split, rest, scope)))
}

function descend(from: VisibleStep, segments: readonly string[], scope: Scope): readonly VisibleStep[] {
  const [first, second, ...rest] = segments
  if (first === undefined) return [from]
  const inside = from.step.steps ?? []
  if (from.step.perTask !== true) return into(from.path, inside, segments, scope)

  if (second !== undefined) {
    const named = into(joinPath(from.path, first), inside, [second, ...rest], scope)
    if (named.length > 0) return named
  }
  const own = scope.levels.find((level) => level.steps === inside && level.path.startsWith(`${from.path}/`))
  return own === undefined ? [] : into(own.path, inside, segments, scope)
}

function into(
  path: string,
  steps: readonly ScopeStep[],
  [name, ...rest]: readonly string[],
  scope: Scope,
): readonly VisibleStep[] {
  const step = steps.find((candidate) => candidate.name === name)
  return step === undefined ? [] : descend({ path: joinPath(path, step.name), step }, rest, scope)
}

function unique(steps: readonly VisibleStep[]): readonly VisibleStep[] {
  return [...new Map(steps.map((step) => [step.path, step])).values()]
}
