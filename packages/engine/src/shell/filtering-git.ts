import type { ProcessRunner, SandboxPolicy } from '@gump/process'
import type { ContentFilters, RunFiltering, RunnableFilters } from '@gump/workspace'
import type { EngineSettings } from '../contract.js'
import type { Journal } from './journal.js'

const tenMinutes = 600_000
const shownChars = 16_384

/** What git and the content filters that it starts are run with. */
export interface FilteringGitOptions {
  readonly runId: string
  readonly repoRoot: string
  readonly commonDir: string
  readonly settings: EngineSettings
  readonly processes: ProcessRunner
  readonly journal: Journal
  readonly uuid: () => string
}

/** Content filters of a run: the drivers run in containers of the run, in the sandbox that gates have. */
export function runnableFilters(filters: ContentFilters, options: FilteringGitOptions): RunnableFilters {
  return { ...filters, run: (command) => runContained(options, command) }
}

async function runContained(
  options: FilteringGitOptions,
  { args, cwd, env, writable, stdoutFile }: Parameters<RunFiltering>[0],
): ReturnType<RunFiltering> {
  const { journal, processes, runId } = options
  const container = `${runId}/git.${options.uuid()}`
  const sandbox = sandboxOf(options, cwd, writable)
  let stderr = ''
  journal.append([{ type: 'command_launching', container }])
  const contained = await processes.start(
    {
      container,
      file: 'git',
      args: [...args],
      cwd,
      env: { ...env, GUMP_CONTAINER: container },
      stdoutFile,
      ...(sandbox === null ? {} : { sandbox }),
    },
    {
      onStderrLine: (line) => {
        stderr = `${stderr}${line}\n`.slice(-shownChars)
      },
    },
  )
  const { identity, level, sandboxed } = contained
  journal.append([
    {
      type: 'command_launched',
      container,
      pid: identity.pid,
      pid_start: identity.pidStart,
      level,
      sandbox: sandboxed ? 'enforced' : 'detected',
    },
  ])
  const end = (): void => void contained.kill().catch(() => {})
  const timer = setTimeout(end, tenMinutes)
  const unsubscribe = journal.onAppend(() => {
    if (journal.state.stop !== null) end()
  })
  try {
    const { code, spawnError } = await contained.exit
    return { code, stderr: spawnError === undefined ? stderr : `${stderr}${spawnError}\n` }
  } finally {
    clearTimeout(timer)
    unsubscribe()
  }
}

function sandboxOf(
  { settings: { sandbox }, repoRoot, commonDir }: FilteringGitOptions,
  cwd: string,
  writable: readonly string[],
): SandboxPolicy | null {
  if (sandbox.mode === 'off') return null
  return {
    mode: sandbox.mode === 'strict' ? 'strict' : 'auto',
    readOnly: [repoRoot, commonDir, cwd],
    writable: [...writable, ...sandbox.writable],
    hide: sandbox.hide,
  }
}
