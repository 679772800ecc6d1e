import type { ArtifactRef, TaskRecord } from '@gump/ledger'
import { parseTemplate, renderTemplate, type Resolution, resolveName } from '@gump/state'
import type { Step } from '@gump/schema'
import { type BagValue, fieldOf, previousAttempt } from './fields.js'
import { failureText } from './failure-text.js'
import { type Frame, taskOf } from './frame.js'
import { judgedChange } from './judged-change.js'
import type { Plan } from './plan.js'
import { boundaryOf, scopeOf } from './scope.js'
import {
  type Attempt,
  knownCostUsd,
  lastAttempt,
  lastLaunch,
  type Node,
  nodeAt,
  type RunState,
  segments,
} from '@gump/history'
import type { Walk } from './visit/walk.js'

/** Where a variable is looked up: a state, and the place in the workflow that names it. */
export interface Viewpoint {
  readonly plan: Plan
  readonly state: RunState
  readonly frame: Frame
  /** Name of the step that asks; null: the frame itself. */
  readonly step: string | null
  /** The step's current attempt is being judged: `{diff}` is what it has changed. */
  readonly judging?: boolean
  /** The task a workflow is called for, where the call itself repeats over tasks. */
  readonly task?: TaskRecord | null
}

/** What a variable stands for. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'artifact'; readonly ref: ArtifactRef }
  /** The spec of the run, as it was snapshotted. */
  | { readonly kind: 'spec' }
  /** The full diff between two commits. */
  | {
      readonly kind: 'diff'
      readonly from: string
      readonly to: string
      readonly artifact: ArtifactRef | null
      /** Where both commits are at hand. */
      readonly workspace: string
    }
  /** A template of the caller, to be rendered where the caller stands. */
  | { readonly kind: 'template'; readonly text: string; readonly at: Viewpoint }
  | { readonly kind: 'missing'; readonly resolution: Resolution }

const text = (value: string): Value => ({ kind: 'text', text: value })

/** Finds the value of a variable; the same resolution that validation uses. */
export function valueOf(at: Viewpoint, name: string): Value {
  const inputs = at.state.started?.inputs ?? {}
  const scope = scopeOf(at.plan, at.frame, at.step, Object.keys(inputs))
  const task = at.task ?? null
  const resolution = resolveName(name, task === null ? scope : { ...scope, inTask: true })
  if (resolution.status !== 'found') return { kind: 'missing', resolution }
  switch (resolution.source) {
    case 'step':
    case 'own':
      return ofBag(fieldOf(nodeAt(at.state.root, segments(resolution.step)), resolution.field))
    case 'task':
      return text(taskField(task ?? taskOf(at.frame), resolution.field))
    case 'input':
      return inputValue(at, resolution.key)
    case 'builtin':
      return builtinValue(at, resolution.key)
  }
}

function ofBag(value: BagValue): Value {
  return typeof value === 'string' ? text(value) : { kind: 'artifact', ref: value }
}

function taskField(task: TaskRecord | null, field: string): string {
  if (task === null) return ''
  if (field === 'name') return task.name
  if (field === 'description') return task.description
  if (field === 'files') return (task.files ?? []).join(', ')
  if (field === 'slug') return task.slug
  const value = task.extra !== undefined && Object.hasOwn(task.extra, field) ? task.extra[field] : undefined
  return value === undefined || value === null
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)
}

function inputValue(at: Viewpoint, name: string): Value {
  const boundary = boundaryOf(at.frame)
  const given = boundary.call?.with ?? {}
  const template = Object.hasOwn(given, name) ? given[name] : undefined
  if (boundary.parent === null || template === undefined) return text(at.state.started?.inputs[name] ?? '')
  return { kind: 'template', text: template.text, at: callerOf(at, boundary) }
}

/** Where the step that called this workflow stands. */
function callerOf(at: Viewpoint, boundary: Frame): Viewpoint {
  const place = nodeAt(at.state.root, boundary.path).is
  const judging = place === 'gate_validator' || place === 'retry_validator'
  return {
    ...at,
    frame: boundary.parent ?? boundary,
    step: boundary.call?.step?.split('/').at(-1) ?? null,
    judging,
    task: taskOfCall(at.frame, boundary),
  }
}

/** The task that a workflow is called for: that of the item, or of the part the item was split into. */
function taskOfCall(frame: Frame, boundary: Frame): TaskRecord | null {
  if (boundary.namesOf === null) return boundary.task
  let part = frame
  while (part !== boundary && part.parent !== null && part.parent !== boundary) part = part.parent
  return part.task
}

function builtinValue(at: Viewpoint, name: string): Value {
  if (name === 'spec') return { kind: 'spec' }
  if (name === 'run.id') return text(at.state.runId)
  if (name === 'run.cost') return text(String(knownCostUsd(at.state.spent) ?? ''))
  const node = stepNode(at)
  if (name === 'attempt') return text(String(lastAttempt(node)?.attempt ?? 1))
  const previous = failedBefore(at)
  if (name === 'error') return text(previous === null ? '' : failureText(previous))
  return diffValue(at, previous)
}

function stepNode(at: Viewpoint): Node {
  const path = at.step === null ? at.frame.path : [...at.frame.path, at.step]
  return nodeAt(at.state.root, path)
}

/** The failed attempt this one answers: of the step itself, else of a group around it that runs again. */
function failedBefore(at: Viewpoint): Attempt | null {
  const own = stepNode(at).attempts.at(-2)
  if (own !== undefined) return own
  for (let frame: Frame | null = at.frame; frame !== null && frame.call === null; frame = frame.parent) {
    const group = nodeAt(at.state.root, frame.path).attempts.at(-2)
    if (group !== undefined) return group
  }
  return previousAttempt(stepNode(at))
}

/** For a validator: everything to be judged. For other steps: what the failed attempt had changed. */
function diffValue(at: Viewpoint, previous: Attempt | null): Value {
  const boundary = boundaryOf(at.frame)
  const caller = boundary.readOnly ? (boundary.call?.step ?? null) : null
  if (caller !== null) {
    const frame = boundary.parent ?? boundary
    return changeOf(at, nodeAt(at.state.root, segments(caller)), frame, stepOf(frame, nameOf(caller)))
  }
  const step = stepOf(at.frame, at.step)
  const judges = at.judging === true || (step?.kind === 'agent' && step.type === 'validate')
  return judges ? changeOf(at, stepNode(at), at.frame, step) : ownChange(at.frame, previous)
}

/** What is judged at a step: its own change, or for a step that makes none what was done before it. */
function changeOf(at: Viewpoint, node: Node, frame: Frame, step: Step | undefined): Value {
  const attempt = lastAttempt(node)
  const own = ownChange(frame, attempt)
  const works = step?.kind === 'agent' && step.type !== 'validate'
  if (attempt === null || works || own.kind === 'diff') return own
  const { from, to } = judgedChange(at.state, frame, node, attempt)
  return from === to ? text('') : { kind: 'diff', from, to, artifact: null, workspace: frame.workspace }
}

function stepOf(frame: Frame, name: string | null): Step | undefined {
  return frame.steps.find((step) => step.name === name)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function ownChange({ workspace }: Frame, attempt: Attempt | null): Value {
  const snapshot = attempt === null ? null : lastLaunch(attempt)?.snapshot
  if (attempt === null || snapshot === null || snapshot === undefined) return text('')
  return { kind: 'diff', from: attempt.base, to: snapshot.commit, artifact: snapshot.diff, workspace }
}

/** Renders a template whose values are short and known in the state, such as the name of an agent. */
export function renderInline(walk: Walk, frame: Frame, step: Step, source: string): string {
  const at: Viewpoint = { plan: walk.plan, state: walk.state, frame, step: step.name }
  return renderAt(at, source).trim()
}

function renderAt(at: Viewpoint, source: string): string {
  return renderTemplate(parseTemplate(source), (name) => {
    const value = valueOf(at, name)
    if (value.kind === 'text') return value.text
    return value.kind === 'template' ? renderAt(value.at, value.text) : ''
  })
}
