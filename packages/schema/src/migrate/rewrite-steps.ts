import { isMap, isScalar, isSeq, Pair, Scalar, YAMLSeq, type Document, type YAMLMap } from 'yaml'
import type { AgentStep, Step } from '../ir.js'
import { addCommentBefore, commentsIn } from './comments.js'
import { retryData, sessionData } from './retry-yaml.js'
import type { Current } from './to-current.js'

const types: Readonly<Record<string, string>> = {
  diff: 'code',
  plan: 'split',
  review: 'validate',
  artifact: 'artifact',
}
const branchingKeys = ['parallel', 'fail_fast', 'on_conflict']

/** Rewrites the steps of a document in place; `steps` are the same ones as they were read. */
export class StepRewriter {
  readonly #document: Document
  readonly #current: Current

  constructor(document: Document, current: Current) {
    this.#document = document
    this.#current = current
  }

  list(node: unknown, steps: readonly Step[]): void {
    if (!isSeq(node)) return
    const items: unknown[] = []
    for (const [index, step] of steps.entries()) {
      const item = node.items[index]
      if (!isMap(item)) continue
      const folded = this.#current.folds.get(step)
      if (this.#current.becomes.has(step)) items.push(item)
      if (folded !== undefined) this.#fold(item, node.items[index + 1], folded)
      else if (step.kind === 'group' && step.foreach === undefined)
        this.list(item.get('steps', true), step.steps)
      this.#step(item, step)
    }
    node.items = items
  }

  #step(map: YAMLMap, step: Step): void {
    const becomes = this.#current.becomes.get(step)
    if (becomes === undefined) return
    if (step.kind === 'agent' && becomes.kind === 'agent') this.#agent(map, becomes)
    const failure = pairOf(map, 'on_failure')
    if (failure === undefined || becomes.retry === undefined) return
    renameKey(failure, 'retry')
    this.#replace(failure, retryData(becomes.retry), false)
  }

  #agent(map: YAMLMap, becomes: AgentStep): void {
    const output = pairOf(map, 'output')
    if (output !== undefined && isScalar(output.value)) {
      renameKey(output, 'type')
      output.value.value = types[String(output.value.value)] ?? becomes.type
    }
    const session = pairOf(map, 'session')
    if (session !== undefined) this.#replace(session, sessionData(becomes.session), true)
    const budget = pairOf(map, 'max_budget')
    if (budget === undefined) return
    const guard = map.get('guard', true)
    if (isMap(guard)) {
      guard.items.push(budget)
      map.delete('max_budget')
    } else {
      // A comment needs a line of its own to end on.
      const flow = !(isScalar(budget.value) && budget.value.comment)
      const inner = this.#document.createNode({}, { flow }) as YAMLMap
      inner.items.push(new Pair(new Scalar('max_budget'), budget.value))
      renameKey(budget, 'guard')
      budget.value = inner
    }
  }

  /** Moves the body of a group or call that ran for each task into the split before it. */
  #fold(split: YAMLMap, item: unknown, folded: Step): void {
    if (!isMap(item)) return
    const comments = headComments(item)
    let body: unknown
    if (folded.kind === 'group') {
      body = item.get('steps', true)
      this.list(body, folded.steps)
    } else {
      const call = new YAMLSeq()
      call.items.push(item)
      body = call
    }
    for (const key of branchingKeys) {
      const pair = pairOf(item, key)
      if (pair !== undefined) split.items.push(pair)
      item.delete(key)
    }
    item.delete('foreach')
    const each = new Pair(new Scalar('each'), body)
    addCommentBefore(each.key, item.commentBefore)
    if (folded.kind === 'group') addCommentBefore(each.key, comments)
    else delete item.commentBefore
    split.items.push(each)
  }

  #replace(pair: Pair, data: unknown, flow: boolean): void {
    const node = this.#document.createNode(data, { flow })
    const comments = commentsIn(pair.value)
    if (isScalar(node)) node.comment = comments ?? null
    else addCommentBefore(node, comments)
    pair.value = node
  }
}

/** Comments at the keys of a group that disappear with it. */
function headComments(item: YAMLMap): string {
  const found: string[] = []
  for (const { key, value } of item.items) {
    if (isScalar(key) && key.commentBefore) found.push(key.commentBefore)
    if (isScalar(key) && key.value !== 'steps') found.push(commentsIn(value) ?? '')
  }
  return found.filter((comment) => comment !== '').join('\n')
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)
}

function renameKey(pair: Pair, name: string): void {
  if (isScalar(pair.key)) pair.key.value = name
}
