import { once } from '../../once.js'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BaseCommand,
  type GateCommandResult,
  type GateShell,
  isSettingsFile,
  isTestFile,
  type JudgedChange,
  judgeChanges,
  judgeRole,
} from '@gump/gates'
import type { Worktree } from '@gump/workspace'
import type { RunContext } from '../run-context.js'
import { changedTexts, textAt } from './changed-texts.js'
import { routesFor } from './routes.js'

/** Test files beside the change that are read, to see what their tests expect. */
const OTHER_TESTS = 60

export interface GateChangeOptions {
  readonly context: RunContext
  readonly worktree: Worktree
  readonly shell: GateShell
  /** The commit that the run began with. */
  readonly began: string
  /** The commit that the judged work began with. */
  readonly base: string
  readonly subject: string
}

/** The change from one commit to another, as gates compare it; everything is read when it is first asked for. */
export function gateChange(options: GateChangeOptions): JudgedChange {
  const { context, began, base, subject } = options
  const { workspace } = context
  const texts = once(() => changedTexts(workspace, base, subject))
  return {
    base,
    texts,
    otherTests: once(async () => {
      const changed = new Set((await texts()).map(({ path }) => path))
      const others = (await workspace.listFilesAt(base)).filter(
        (path) => isTestFile(path) && !changed.has(path),
      )
      const found = await Promise.all(
        others.slice(0, OTHER_TESTS).map((path) => textAt(workspace, base, path)),
      )
      return found.filter((text) => text !== null)
    }),
    judge: once(async () =>
      judgeChanges(
        await changedTexts(
          workspace,
          began,
          subject,
          (path) => judgeRole(path) !== null || isSettingsFile(path),
        ),
      ),
    ),
    runAtBase: (request) => keptOrRun(options, request),
  }
}

async function keptOrRun(options: GateChangeOptions, request: BaseCommand): Promise<GateCommandResult> {
  if (request.attemptFiles !== undefined || request.contents !== undefined) return runAtBase(options, request)
  const key = createHash('sha256')
    .update(JSON.stringify([options.base, options.began, request.command, request.env ?? {}]))
    .digest('hex')
  const file = join(options.context.dir, 'base-results', key.slice(0, 32))
  const kept = readKept(file)
  if (kept !== null) return kept
  const result = await runAtBase(options, request)
  if (!result.timedOut) {
    mkdirSync(join(options.context.dir, 'base-results'), { recursive: true })
    writeFileSync(file, `${JSON.stringify(result)}\n`)
  }
  return result
}

/** A result that was not written whole is none. */
function readKept(file: string): GateCommandResult | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as GateCommandResult
  } catch {
    return null
  }
}

async function runAtBase(
  { context, worktree, shell, began, base, subject }: GateChangeOptions,
  { attemptFiles = [], contents = {}, ...command }: BaseCommand,
): Promise<GateCommandResult> {
  const { workspace } = context
  const files = new Map<string, Uint8Array | null>()
  for (const path of attemptFiles) files.set(path, await workspace.readFileAt(subject, path))
  for (const [path, text] of Object.entries(contents))
    files.set(path, text === null ? null : Buffer.from(text))
  const [before, after] = await Promise.all([
    routesFor(workspace, began, base),
    routesFor(workspace, began, subject),
  ])
  await worktree.restore(base, 'reset')
  try {
    await worktree.substitute(new Map([...files, ...before.placed]))
    return await shell.run(command)
  } finally {
    await worktree.restore(subject, 'reset')
    await worktree.substitute(after.placed)
  }
}
