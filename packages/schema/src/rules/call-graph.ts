import type { Diagnostic } from '@gump/errors'
import type { CallUse } from '../calls.js'
import type { Workflow, WorkflowCall } from '../ir.js'

/** A call between two loaded workflows. */
export interface LoadedCall {
  readonly from: string
  readonly file: string
  readonly to: string
  readonly call: WorkflowCall
  readonly use: CallUse
}

/** Checks of all loaded workflows together: circles, depth, verdicts. */
export function checkCalls(
  root: string,
  loaded: ReadonlyMap<string, { readonly workflow: Workflow }>,
  calls: readonly LoadedCall[],
  maxDepth: number,
): readonly Diagnostic[] {
  const verdicts = calls.filter(({ to, use }) => {
    const target = loaded.get(to)
    return use === 'validate' && target !== undefined && !givesVerdict(target.workflow)
  })
  return [
    ...verdicts.map((call) =>
      located(
        'GUMP-W063',
        call,
        `"${call.to}" gives no verdict`,
        'a workflow with a top-level step of type validate',
      ),
    ),
    ...walk(root, calls, maxDepth),
  ]
}

/** A workflow's verdict is that of its last validate step at the top level, also one whose workflow decides. */
function givesVerdict(workflow: Workflow): boolean {
  return workflow.steps.some((step) => step.kind === 'agent' && step.type === 'validate')
}

/** Depth-first over the calls, each workflow entered once; the depth is that of the longest way from the root. */
function walk(root: string, calls: readonly LoadedCall[], maxDepth: number): readonly Diagnostic[] {
  const outgoing = new Map<string, LoadedCall[]>()
  for (const call of calls) outgoing.set(call.from, [...(outgoing.get(call.from) ?? []), call])
  const found: Diagnostic[] = []
  const order: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (ref: string, chain: readonly string[]): void => {
    state.set(ref, 'open')
    for (const call of outgoing.get(ref) ?? []) {
      const seen = state.get(call.to)
      if (seen === 'open') {
        const circle = [...chain.slice(chain.indexOf(call.to)), call.to].join(' → ')
        found.push(
          located('GUMP-W061', call, `workflows call each other in a circle: ${circle}`, 'a call that ends'),
        )
      } else if (seen === undefined) {
        visit(call.to, [...chain, call.to])
      }
    }
    state.set(ref, 'done')
    order.unshift(ref)
  }
  visit(root, [root])
  return found.length > 0 ? found : tooDeep(root, order, outgoing, maxDepth)
}

function tooDeep(
  root: string,
  order: readonly string[],
  outgoing: ReadonlyMap<string, readonly LoadedCall[]>,
  maxDepth: number,
): readonly Diagnostic[] {
  const depths = new Map([[root, 1]])
  const found: Diagnostic[] = []
  for (const ref of order) {
    const depth = depths.get(ref) ?? 1
    for (const call of outgoing.get(ref) ?? []) {
      depths.set(call.to, Math.max(depths.get(call.to) ?? 0, depth + 1))
      if (depth !== maxDepth) continue
      found.push(
        located(
          'GUMP-W062',
          call,
          `"${call.to}" is called ${depth + 1} levels deep`,
          `at most ${maxDepth} levels`,
        ),
      )
    }
  }
  return found
}

function located(code: Diagnostic['code'], call: LoadedCall, message: string, expected: string): Diagnostic {
  return { code, severity: 'error', message, file: call.file, range: call.call.range, expected }
}
