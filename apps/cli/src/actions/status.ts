import { relative } from 'node:path'
import type { RunStatus, RunSummary } from '@gump/engine'
import { escapeControl } from '@gump/errors'
import { formatDuration, formatUsage, statusWord } from '@gump/report'

import { openEngine } from '../compose/open-engine.js'
import type { CliContext } from '../context.js'
import { runsJson } from '../display/run-json.js'
import { exitCodes } from '../exit-codes.js'

const open: readonly RunStatus[] = ['running', 'parked', 'paused', 'interrupted', 'unknown']

export async function status(context: CliContext, options: { readonly json: boolean }): Promise<number> {
  const engine = await openEngine(context)
  try {
    const all = await engine.runs()
    const going = all.filter((run) => open.includes(run.status))
    const shown = going.length > 0 ? going : all.slice(0, 1)
    if (options.json) context.stdout.write(runsJson(shown))
    else if (shown.length === 0)
      context.stdout.write('No run yet: gump run WORKFLOW --spec FILE starts one.\n')
    else context.stdout.write(shown.map((run) => describe(run, context.cwd)).join('\n'))
    return exitCodes.passed
  } finally {
    await engine.close()
  }
}

function describe(run: RunSummary, cwd: string): string {
  const owner = run.ownerPid === null ? '' : `  pid ${run.ownerPid}`
  const lines = [
    `${run.alias}  ${statusWord(run.status)}  ${escapeControl(run.workflow)}  ${time(run)}  ${formatUsage(run.usage)}${owner}`,
    ...run.currentSteps.map((step) => `  at ${escapeControl(step)}${place(run, step, cwd)}`),
    `  ${next(run)}`,
  ]
  return `${lines.join('\n')}\n`
}

/** The folder in which a person can look at what the step has done, and change it. */
function place({ stepWorktrees, status: state }: RunSummary, step: string, cwd: string): string {
  const worktree = Object.hasOwn(stepWorktrees, step) ? stepWorktrees[step] : undefined
  if (worktree === undefined || state === 'running' || state === 'parked') return ''
  return `  in ${escapeControl(relative(cwd, worktree) || '.')}`
}

/** How long it took, or since when it has been going on. */
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
      return `owned by another host    gump run --resume --run ${alias} --take-over`
    default:
      return `gump report ${alias}    gump run --resume --run ${alias}`
  }
}
