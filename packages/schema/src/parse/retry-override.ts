import type { RetryOverride } from '../ir.js'
import { type Fields } from '../read/fields.js'
import { readChoice, readString } from '../read/scalars.js'
import { readTemplate } from '../read/template.js'
import type { ParseContext } from './context.js'
import { readPrompt } from './prompt.js'

/** What a retry entry may change. */
export const overrideKeys = ['agent', 'session', 'worktree', 'prompt', 'restart_from', 'replan'] as const

/** The overrides of one retry entry; those that cannot be read are reported and left out. */
export function readOverride(cx: ParseContext, fields: Fields): RetryOverride {
  const agentNode = fields.node('agent')
  const sessionNode = fields.node('session')
  const worktreeNode = fields.node('worktree')
  const promptNode = fields.node('prompt')
  const restartNode = fields.node('restart_from')
  const replanNode = fields.node('replan')
  const agent = agentNode && readTemplate(cx, agentNode, 'agent', 'the name of an agent')
  const session = sessionNode && readChoice(cx, sessionNode, 'session', ['new'])
  const worktree = worktreeNode && readChoice(cx, worktreeNode, 'worktree', ['reset', 'pristine'])
  const prompt = promptNode && readPrompt(cx, promptNode)
  const restartFrom =
    restartNode && readString(cx, restartNode, 'restart_from', 'the name of an earlier step')
  const replan = replanNode && readTemplate(cx, replanNode, 'replan', 'the name of an agent')
  return {
    ...(agent ? { agent } : {}),
    ...(session ? { session } : {}),
    ...(worktree ? { worktree } : {}),
    ...(prompt ? { prompt } : {}),
    ...(restartNode && restartFrom ? { restartFrom, restartRange: cx.source.range(restartNode) } : {}),
    ...(replan ? { replan } : {}),
  }
}
