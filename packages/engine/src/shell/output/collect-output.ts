import { artifactPath, type EventBodies, type NewEvent } from '@gump/ledger'
import type { CollectEffect } from '@gump/core'
import { lastAttempt, lastLaunch, nodeAt, segments } from '@gump/history'
import type { RunContext } from '../run-context.js'
import { lastFencedJson, readOutFile } from './out-file.js'
import { parseTasks } from './tasks.js'
import { parseVerdict } from './verdict.js'

type Collected = Omit<EventBodies['output_collected'], keyof CollectEffect['launch']>

const fileNames = { split: 'plan.json', validate: 'validate.json', artifact: 'artifact.md' } as const

type Collecting = Pick<RunContext, 'artifacts' | 'journal' | 'masker'>

/** Reads the output that the step's type promises. */
export async function collectOutput(
  context: Collecting,
  effect: CollectEffect,
  root: string,
): Promise<NewEvent> {
  return { type: 'output_collected', ...effect.launch, ...(await read(context, effect, root)) }
}

async function read(context: Collecting, effect: CollectEffect, root: string): Promise<Collected> {
  const { type } = effect.step
  // Without a result of the agent there is no output to expect, and its absence is not news.
  if (type === 'code') return { from: 'tree' }
  if (!endedWell(context, effect)) return { from: 'none' }
  const name = fileNames[type]
  const found = await readOutFile(root, name)
  if (found.status === 'refused') return { from: 'file', error: found.reason }
  const raw = found.status === 'read' ? found.text : await fromMessage(context, effect)
  const from = found.status === 'read' ? 'file' : 'message'
  if (raw === null) return { from: 'none', error: `no output: .gump/out/${name} was not written` }
  // Before it is taken apart: the names of tasks become paths of steps.
  const text = context.masker.mask(raw)
  // Not as JSON or Markdown: formatters and linters of the project look at those.
  const output = context.artifacts.write(artifactPath(effect.launch, `${type}.txt`), text)
  if (type === 'artifact') return { from, output }
  const parsed = type === 'split' ? parseTasks(text) : parseVerdict(text)
  if ('error' in parsed) return { from, output, error: `${name}: ${parsed.error}` }
  return { from, output, ...parsed }
}

function endedWell(context: Pick<RunContext, 'journal'>, effect: CollectEffect): boolean {
  const attempt = lastAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  if (attempt?.agent === 'pass') return true
  const launch = attempt === null ? null : lastLaunch(attempt)
  return launch?.outcome?.kind === 'completed' && launch.guard === null
}

/** Some agents answer instead of writing the file. */
async function fromMessage(
  context: Pick<RunContext, 'artifacts' | 'journal'>,
  effect: CollectEffect,
): Promise<string | null> {
  const attempt = lastAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  const ref = attempt === null ? null : (lastLaunch(attempt)?.finalText ?? null)
  if (ref === null) return null
  const message = await context.artifacts.readText(ref)
  if (effect.step.type === 'artifact') return message.trim() === '' ? null : message
  return lastFencedJson(message)
}
