import { relative } from 'node:path'
import type { RunStatus, RunSummary } from '@gump/engine'
import { escapeControl, formatDuration, plural } from '@gump/errors'
import { formatUsage, statusWord } from '@gump/report'

import { openReader } from '../compose/open-reader.js'
import type { CliContext } from '../context.js'
import { noRunYet, runsJson } from '../display/run-json.js'
import { exitCodes } from '../exit-codes.js'

const open: readonly RunStatus[] = ['running', 'parked', 'paused', 'interrupted', 'unknown']

export async function status(context: CliContext, options: { readonly json: boolean }): Promise<number> {
  const reader = await openReader(context)
  try {
    const all = await reader.runs()
    const unknown = [
      ...all.filter(({ status: state }) => state === 'unreadable'),
      ...(await reader.lostRuns()),
    ]
    const readable = all.filter(({ status: state }) => state !== 'unreadable')
    const going = readable.filter((run) => open.includes(run.status))
    const shown = going.length > 0 ? going : readable.slice(0, 1)
    if (options.json) context.stdout.write(runsJson([...shown, ...unknown]))
    else if (shown.length + unknown.length === 0) context.stdout.write(noRunYet)
    else {
      const texts = [...shown.map((run) => describe(run, context.cwd)), ...describeUnknown(unknown)]
      context.stdout.write(texts.join('\n'))
    }
    return exitCodes.passed
  } finally {
    await reader.close()
  }
}

const mostUnknown = 5

/** Runs of which git alone tells. */
function describeUnknown(runs: readonly RunSummary[]): readonly string[] {
  const more = runs.length - mostUnknown
  return [
    ...runs.slice(0, mostUnknown).map((run) => {
      const { alias, status: state, problem, remains } = run
      const lines = [
        `${alias}  ${statusWord(state)}  ${problem?.text ?? ''}`,
        `  ${remains?.text ?? ''}`,
        `  ${nextForUnknown(run)}`,
      ]
      return `${lines.map((line) => escapeControl(line)).join('\n')}\n`
    }),
    ...(more > 0
      ? [`… and ${plural(more, 'run')} more of which only git tells; gump gc --dry-run lists them.\n`]
      : []),
  ]
}

function nextForUnknown({ remains, applied }: RunSummary): string {
  const gc = 'gump gc asks before it removes anything'
  if (remains === null || remains.branch === null || remains.commits === 0 || applied) return gc
  return `git merge ${remains.branch}    ${gc}`
}

function describe(run: RunSummary, cwd: string): string {
  const owner = run.ownerPid === null ? '' : `  pid ${run.ownerPid}`
  const lines = [
    `${escapeControl(run.alias)}  ${statusWord(run.status)}  ${escapeControl(run.workflow)}  ${time(run)}  ${formatUsage(run.usage)}${owner}`,
    ...run.currentSteps.map((step) => `  at ${escapeControl(step)}${place(run, step, cwd)}`),
    ...(run.problem === null ? [] : [`  ${escapeControl(run.problem.text)}`]),
    `  ${escapeControl(next(run))}`,
  ]
  return `${lines.join('\n')}\n`
}

/** The folder in which a person can look at what the step has done, and change it. */
function place({ stepWorktrees, status: state }: RunSummary, step: string, cwd: string): string {
  const worktree = Object.hasOwn(stepWorktrees, step) ? stepWorktrees[step] : undefined
  if (worktree === undefined || state === 'running' || state === 'parked') return ''
  return `  in ${escapeControl(relative(cwd, worktree) || '.')}`
}

/** How long it took, or since when it has been running. */
function time({ startedAt, durationMs }: RunSummary): string {
  if (durationMs !== null) return formatDuration(durationMs)
  return `since ${startedAt.slice(0, 16).replace('T', ' ')} UTC`
}

/** What to do about a run in this state. */
function next({ status: state, alias, applied, hasWork }: RunSummary): string {
  switch (state) {
    case 'running':
      return `gump logs -f ${alias}    gump cancel ${alias}`
    case 'parked':
      return `waiting for the provider    gump cancel ${alias}`
    case 'paused':
      return `gump run --resume --run ${alias} --approve    … --reject "why"`
    case 'passed':
      if (applied) return `applied    gump report ${alias}`
      return hasWork ? `gump report ${alias}    gump apply ${alias}` : `gump report ${alias}`
    case 'unknown':
      return `its owner cannot be checked from here    gump run --resume --run ${alias} --take-over`
    default:
      return `gump report ${alias}    gump run --resume --run ${alias}`
  }
}
