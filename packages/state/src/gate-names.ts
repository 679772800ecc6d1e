/** What a gate name in a variable or a `not:` condition means among the gates of a step. */
export type GateNameMatch =
  | { readonly status: 'found'; readonly gate: string }
  | { readonly status: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly status: 'unknown' }

/**
 * The result name of a validator gate: the last segment of the workflow it calls, without a file extension.
 *
 * @example `validatorGateName('validators/arch-review.yaml') === 'arch-review'`
 */
export function validatorGateName(workflow: string): string {
  return workflow.slice(workflow.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '')
}

/**
 * Finds a gate by its result name, or by the last word of it when only one gate ends with that word.
 *
 * @example `matchGateName('review', ['compile', 'arch-review'])` is `{ status: 'found', gate: 'arch-review' }`
 */
export function matchGateName(name: string, gates: readonly string[]): GateNameMatch {
  if (gates.includes(name)) return { status: 'found', gate: name }
  const found = gates.filter((gate) => gate.endsWith(`-${name}`) && !name.includes('-'))
  const [first, second] = found
  if (first === undefined) return { status: 'unknown' }
  return second === undefined ? { status: 'found', gate: first } : { status: 'ambiguous', candidates: found }
}
