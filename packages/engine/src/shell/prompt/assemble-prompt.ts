import { parseTemplate, templateVariables, truncateMiddle } from '@gump/state'
import { failureText, type LaunchEffect } from '@gump/core'
import { type Attempt, earlierAttempt, lastLaunch, nodeAt, segments } from '@gump/history'
import { promptFileText, readValues, renderAt } from '../read-value.js'
import { type RunContext, viewpoint } from '../run-context.js'
import { readContext } from './context-sources.js'
import { defaultPrompt } from '../../prompt/default-prompt.js'
import { outputOfGet } from './get-workflow.js'
import { outputContract } from '../../prompt/output-contract.js'
import { fenced, retrySection } from '../../prompt/retry-section.js'

/**
 * The text an agent gets. What stays the same across attempts and steps comes first, what changes last: so the cache
 * of a provider can keep most of it.
 */
export async function assemblePrompt(
  context: RunContext,
  effect: LaunchEffect,
  cwd: string,
  signal: AbortSignal,
): Promise<string> {
  const { step, frame } = effect
  const at = viewpoint(context, frame, step.name)
  const source = promptSource(context, effect)
  const parts = [
    outputContract(step.type),
    await readContext(context, effect, cwd, signal),
    await outputOfGet(context, effect, source),
    await renderAt(context, at, source),
    await afterFailure(context, effect, source),
  ]
  return parts.filter((part) => part.trim() !== '').join('\n\n')
}

function promptSource(context: Pick<RunContext, 'inputs'>, effect: LaunchEffect): string {
  const prompt = effect.prompt ?? effect.step.prompt
  if (prompt === undefined) return defaultPrompt(effect.step, effect.task !== null)
  if (prompt.kind === 'inline') return prompt.template.text
  return prompt.template?.text ?? promptFileText(context, effect.frame.workflow, prompt.path)
}

/** The retry section; for a prompt override, only what failed and is not mentioned by it. */
async function afterFailure(context: RunContext, effect: LaunchEffect, source: string): Promise<string> {
  const node = nodeAt(context.journal.state.root, segments(effect.path))
  const previous = node.attempts.at(-2)
  if (previous?.retry === null || previous === undefined) return afterGroupFailure(context, effect)
  if (effect.prompt !== null) return unmentionedFailures(context, previous, source)
  const launch = lastLaunch(previous)
  const at = viewpoint(context, effect.frame, effect.step.name)
  const diff = (await readValues(context, at, ['diff'])).get('diff') ?? ''
  return retrySection({
    attempt: effect.launch.attempt,
    maxAttempts: effect.maxAttempts,
    error: failureText(previous),
    files: launch?.snapshot?.files.map((file) => file.path) ?? [],
    diff,
    worktree: launch?.guard === null ? previous.retry.worktree : 'reset',
    previousAgent: effect.escalated ? previous.agent : null,
    maxErrorChars: context.settings.maxErrorChars,
    maxDiffChars: context.settings.maxDiffChars,
  })
}

/** A step inside a group that runs again hears why. */
async function afterGroupFailure(context: RunContext, effect: LaunchEffect): Promise<string> {
  const at = viewpoint(context, effect.frame, effect.step.name)
  if (effect.launch.round === 1) return ''
  const error = (await readValues(context, at, ['error'])).get('error') ?? ''
  if (error === '') return ''
  const earlier = earlierAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  const byPerson = Object.values(earlier?.pauses ?? {}).some((pause) => pause.decision === 'retry')
  const why = byPerson ? 'a person has looked at it and says' : 'what followed failed'
  return `## Round ${effect.launch.round}\n\nThis step runs again, because ${why}:\n${fenced(
    truncateMiddle(error.trim(), context.settings.maxErrorChars),
  )}`
}

function unmentionedFailures(
  context: Pick<RunContext, 'settings'>,
  previous: Attempt,
  source: string,
): string {
  const mentioned = templateVariables(parseTemplate(source))
  if (mentioned.includes('error')) return ''
  const failed = Object.entries(previous.gates).filter(
    ([name, fact]) => fact.status === 'fail' && !mentioned.some((variable) => isAbout(variable, name)),
  )
  return failed
    .map(([name, fact]) => {
      const error = truncateMiddle(fact.error.trim(), context.settings.maxErrorChars)
      return `Gate ${name} failed:\n${fenced(error)}`
    })
    .join('\n\n')
}

/** `gate.arch-review.comments` and its short form `gate.review` are about the gate `arch-review`. */
function isAbout(variable: string, gate: string): boolean {
  const name = /^(?:prev\.)?gate\.([^.]+)/.exec(variable)?.[1]
  return name !== undefined && (name === gate || gate.endsWith(`-${name}`))
}
