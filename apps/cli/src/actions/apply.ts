import { confirm, isCancel } from '@clack/prompts'
import type { ApplyOptions } from '@gump/engine'
import { escapeControl, listFirst, plural } from '@gump/errors'
import type { ApplyResult } from '@gump/workspace'

import { openEngine } from '../compose/open-engine.js'
import type { CliContext } from '../context.js'
import { json } from '../display/json.js'
import { describeStays } from '../display/stays.js'
import { exitCodes } from '../exit-codes.js'

export interface ApplyCommandOptions {
  readonly run: string
  readonly squash: boolean
  readonly ff: boolean
  readonly branch: string | undefined
  readonly partial: boolean
  readonly keepConflicts: boolean
  readonly json: boolean
}

export async function apply(context: CliContext, options: ApplyCommandOptions): Promise<number> {
  const engine = await openEngine(context)
  try {
    const { alias, id } = await engine.find(options.run)
    const ask = context.interactive && !options.json
    const result = await engine.apply(id, {
      ...request(options),
      ...(ask ? { confirm: askWhoseChange } : {}),
    })
    if (result.changed.length > 0) context.stderr.write(`${changeOf(result.changed)}.\n`)
    context.stdout.write(
      options.json
        ? json({ run: id, alias, ...result })
        : describe(alias, result, options) + describeStays(result.stays),
    )
    return result.status === 'conflicts-kept' ? exitCodes.failed : exitCodes.passed
  } finally {
    await engine.close()
  }
}

/** Names of files are from outside. */
function changeOf(names: readonly string[]): string {
  const list = listFirst(
    names.map((name) => escapeControl(name)),
    10,
  )
  return `Your checkout changed since the run began, and no sandbox kept agents out of it: ${list}`
}

async function askWhoseChange(names: readonly string[]): Promise<boolean> {
  const answer = await confirm({ message: `${changeOf(names)}. Was it you?`, initialValue: false })
  return !isCancel(answer) && answer
}

function request({ squash, ff, branch, partial, keepConflicts }: ApplyCommandOptions): ApplyOptions {
  const mode = squash ? 'squash' : ff ? 'ff' : branch === undefined ? 'merge' : 'branch'
  return { mode, partial, keepConflicts, ...(branch === undefined ? {} : { branchName: branch }) }
}

function describe(alias: string, result: ApplyResult, { branch }: ApplyCommandOptions): string {
  const { status, commit, files, conflicts } = result
  const short = commit.slice(0, 12)
  if (status === 'nothing-to-do') return `${alias} is already in the current branch.\n`
  if (status === 'conflicts-kept') {
    const list = (conflicts ?? []).map((file) => `  ${escapeControl(file)}\n`).join('')
    return `Conflicts to resolve here:\n${list}Then git add them and git commit; git merge --abort gives it up.\n`
  }
  const what = {
    merged: `merged as ${short}`,
    squashed: `added as one commit, ${short}`,
    'fast-forwarded': `fast-forwarded to ${short}`,
    branched: `left on branch ${branch ?? ''} at ${short}`,
  }[status]
  return `${alias} ${what}: ${plural(files.length, 'file')} changed${totals(files)}.\n${submodules(result)}`
}

/** Commits of submodules that only this machine has until they are pushed. */
function submodules({ submodules: changed = [] }: ApplyResult): string {
  return changed
    .map(({ path, commit, checkedOut }) => {
      const what = checkedOut ? 'is checked out' : 'is not checked out: git submodule update'
      return `  ${escapeControl(path)} names ${commit.slice(0, 12)} now, which ${what}\n`
    })
    .join('')
}

function totals(files: ApplyResult['files']): string {
  const sum = (pick: 'insertions' | 'deletions') =>
    files.reduce((total, file) => total + (file[pick] ?? 0), 0)
  return `, +${sum('insertions')} −${sum('deletions')}`
}
