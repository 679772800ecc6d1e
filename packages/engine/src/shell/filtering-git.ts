import type { ContentFilters, RunFiltering, RunnableFilters } from '@gump/workspace'
import type { RunContext } from './run-context.js'
import { filterSandbox } from './sandbox-policy.js'

const tenMinutes = 600_000
const shownChars = 16_384

/** Content filters of a run: the drivers run in containers of the run, in the sandbox that gates have. */
export function runnableFilters(filters: ContentFilters, context: () => RunContext): RunnableFilters {
  return { ...filters, run: (command) => runContained(context(), command) }
}

async function runContained(
  context: RunContext,
  { args, cwd, env, writable, stdoutFile }: Parameters<RunFiltering>[0],
): ReturnType<RunFiltering> {
  const { journal, runId } = context
  const { processes, ids } = context.ambient
  const container = `${runId}/git.${ids.uuid()}`
  const sandbox = await filterSandbox(context, cwd, writable)
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
