import type { AgentStep, GuardSpec, Step, StepType, WorktreeMode } from '../ir.js'
import type { YamlNode } from '../yaml/tree.js'
import type { Fields } from '../read/fields.js'
import { readChoice } from '../read/scalars.js'
import { readTemplate } from '../read/template.js'
import type { ParseContext } from './context.js'
import { readContext } from './context-sources.js'
import { readGates } from './gates.js'
import { readHitl } from './hitl.js'
import { readBranching } from './parallel.js'
import { readPrompt } from './prompt.js'
import { readStepGuards } from './step-guards.js'
import type { StepBody, StepHead } from './step-parts.js'
import { readStepRetry } from './step-retry.js'
import { readStepSession } from './step-session.js'
import { readStepType } from './step-type.js'
import { readCall } from './workflow-call.js'

const worktreeModes: readonly WorktreeMode[] = ['read-write', 'read-only', 'none']

/** Reads an agent step; what cannot be read is reported and left at its default. */
export function readAgentStep(
  cx: ParseContext,
  head: StepHead,
  { fields, getCall }: StepBody,
  readSteps: (cx: ParseContext, node: YamlNode, key: string) => readonly Step[],
): AgentStep {
  const type = readStepType(cx, fields)
  const each = readEach(cx, fields, type, readSteps)
  const read = <T>(key: string, reader: (cx: ParseContext, node: YamlNode) => T): T | undefined => {
    const node = fields.node(key)
    return node === undefined ? undefined : reader(cx, node)
  }
  const agent = read('agent', (cx, node) => readTemplate(cx, node, 'agent', 'the name of an agent, or pass'))
  const prompt = read('prompt', readPrompt)
  const hitl = read('hitl', readHitl)
  const worktree = read('worktree', (cx, node) => readChoice(cx, node, 'worktree', worktreeModes))
  const expect = readExpect(cx, fields, type)
  const blastRadius = readBlastRadius(cx, fields, type)
  const getWorkflow = getCall && readCall(cx, getCall.ref.value, getCall.given?.value, getCall.beside)
  const retry = readStepRetry(cx, fields)
  const guards: readonly GuardSpec[] = readStepGuards(cx, fields, type)
  return {
    kind: 'agent',
    ...head,
    type,
    ...(agent ? { agent } : {}),
    ...(prompt ? { prompt } : {}),
    context: read('context', readContext) ?? [],
    worktree: worktree ?? (type === 'code' ? 'read-write' : 'read-only'),
    session: readStepSession(cx, fields),
    ...(getWorkflow ? { getWorkflow } : {}),
    guards,
    ...(hitl ? { hitl } : {}),
    ...(expect ? { expect } : {}),
    gates: read('gate', readGates) ?? [],
    ...(retry ? { retry } : {}),
    ...(each ? { each } : {}),
    ...(type === 'split' ? readBranching(cx, fields) : refuseBranching(cx, fields)),
    ...(blastRadius ? { blastRadius } : {}),
  }
}

function readEach(
  cx: ParseContext,
  fields: Fields,
  type: StepType,
  readSteps: (cx: ParseContext, node: YamlNode, key: string) => readonly Step[],
): readonly Step[] | null {
  const entry = fields.entry('each')
  if (entry === undefined) {
    if (type === 'split' && cx.dialect === 'v4') {
      cx.problems.report('GUMP-W029', fields.entry('type')?.at ?? fields.at, 'a split needs each', {
        expected: 'each: with the steps that are done for every task',
      })
    }
    return null
  }
  const steps = readSteps(cx, entry.value, 'each')
  if (type === 'split') return steps
  cx.problems.report('GUMP-W028', entry.at, `each belongs to a split; this step is of type ${type}`, {
    expected: 'type: split',
  })
  return null
}

function readExpect(cx: ParseContext, fields: Fields, type: StepType): 'changes' | null {
  const entry = fields.entry('expect')
  if (entry === undefined) return null
  if (type === 'code') return readChoice(cx, entry.value, 'expect', ['changes'])
  cx.problems.report('GUMP-W030', entry.at, `expect belongs to a code step; this step is of type ${type}`, {
    expected: 'type: code',
  })
  return null
}

function readBlastRadius(
  cx: ParseContext,
  fields: Fields,
  type: StepType,
): 'enforce' | 'warn' | 'off' | null {
  const entry = fields.entry('blast_radius')
  if (entry === undefined) return null
  if (type === 'split') return readChoice(cx, entry.value, 'blast_radius', ['enforce', 'warn', 'off'])
  cx.problems.report('GUMP-W030', entry.at, 'blast_radius belongs to the split whose tasks declare files', {
    expected: 'blast_radius in the split step',
  })
  return null
}

function refuseBranching(cx: ParseContext, fields: Fields): Record<string, never> {
  for (const key of ['parallel', 'fail_fast', 'on_conflict']) {
    const entry = fields.entry(key)
    if (entry === undefined) continue
    cx.problems.report('GUMP-W030', entry.at, `${key} needs branches; one agent has none`, {
      expected: `${key} in a split or in a group`,
    })
  }
  return {}
}
