import type { ShellClock } from './shell-clock.js'
import { escapeControl, isGumpError } from '@gump/errors'
import { maskSecrets, type ContainedProcess, type ProcessRunner, type SandboxPolicy } from '@gump/process'
import type { GateCommand, GateCommandResult, GateShell } from '../contract.js'
import { excerpt } from '../text/excerpt.js'
import { appendNote, bytesWritten, readLogPart } from './log-file.js'
import { shellInvocation } from './shell-invocation.js'
import { supervise } from './supervise.js'

/** Default time limit of a gate: 10 minutes. */
export const DEFAULT_TIMEOUT_MS: number = 10 * 60 * 1000
/** Default limit of silence: 5 minutes. */
export const DEFAULT_IDLE_MS: number = 5 * 60 * 1000
/** Default size of a log: 32 MiB. */
export const DEFAULT_LOG_BYTES: number = 32 * 1024 * 1024
/** Default length of an excerpt, in UTF-16 units. */
export const DEFAULT_EXCERPT_CHARS = 2000

const WITHOUT_BASH =
  'gump: bash could not be started, so this runs with sh, and what only bash understands fails; install bash'

/** What {@link createGateShell} is made of. */
export interface GateShellOptions {
  readonly runner: ProcessRunner
  /** Container id of the first command; the second gets `<id>.2`, and so on. */
  readonly container: string
  readonly cwd: string
  /** The whole environment of the commands, without credentials: `environmentFor('gate', …)` of `@gump/process`. */
  readonly env: Readonly<Record<string, string>>
  /** For all commands of this shell together. Default {@link DEFAULT_TIMEOUT_MS}. */
  readonly timeoutMs?: number
  /** How long a command may print nothing. Default {@link DEFAULT_IDLE_MS}. */
  readonly idleMs?: number
  /** Absolute; the output is appended here. Its folder is made. */
  readonly logFile: string
  /** Most bytes of the log, of which beginning and end are kept then. Default {@link DEFAULT_LOG_BYTES}. */
  readonly maxLogBytes?: number
  readonly excerptChars?: number
  readonly signal: AbortSignal
  readonly sandbox?: SandboxPolicy
  /** Secrets masked in the log and in everything taken from it. */
  readonly mask?: readonly string[]
  readonly clock?: ShellClock
  /** Called before a process is started, which waits for it and is not started when it fails. */
  readonly onContainer?: (container: string) => void | Promise<void>
  /** Called as soon as the process has a pid; it is killed when this fails. */
  readonly onStarted?: (process: ContainedProcess) => void
}

const realClock: ShellClock = {
  now: () => performance.now(),
  timer: (ms, callback) => {
    const handle = setTimeout(callback, ms)
    return () => clearTimeout(handle)
  },
}

/**
 * A {@link GateShell} over a process runner: every command in a container of its own, killed as a tree at the time
 * limit and when `signal` aborts, its output in one log file as it was written, up to its limit. Memory does not grow with the output.
 * Commands run one at a time.
 *
 * `run` rejects with the signal's reason when it was aborted, and with `GUMP-X001` when there is no shell at all.
 *
 * @example
 * ```ts
 * const shell = createGateShell({ runner, container: 'r1.test', cwd, env, logFile: '/tmp/test.log', signal })
 * const { exitCode, excerpt } = await shell.run({ command: 'npm test' })
 * ```
 */
export function createGateShell(options: GateShellOptions): GateShell {
  const clock = options.clock ?? realClock
  const limit = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const maxLogBytes = options.maxLogBytes ?? DEFAULT_LOG_BYTES
  let launches = 0
  let spent = 0
  let last: Promise<unknown> = Promise.resolve()

  const start = async (request: GateCommand): Promise<ContainedProcess> => {
    launches += 1
    const container = launches === 1 ? options.container : `${options.container}.${String(launches)}`
    await options.onContainer?.(container)
    const launch = async (shell: 'bash' | 'sh'): Promise<ContainedProcess> => {
      const invocation = shellInvocation(request.command, shell)
      return options.runner.start({
        container,
        ...invocation,
        cwd: options.cwd,
        env: { ...options.env, ...request.env },
        stdoutFile: options.logFile,
        stderrFile: options.logFile,
        maxFileBytes: maxLogBytes,
        ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }),
        ...(options.mask === undefined ? {} : { mask: options.mask }),
      })
    }
    try {
      return await launch('bash')
    } catch (error) {
      if (!isGumpError(error) || error.code !== 'GUMP-X001' || error.data['code'] !== 'ENOENT') throw error
      await appendNote(options.logFile, WITHOUT_BASH)
      return launch('sh')
    }
  }

  const run = async (request: GateCommand): Promise<GateCommandResult> => {
    options.signal.throwIfAborted()
    await bytesWritten(options.logFile, maxLogBytes)
    await appendNote(
      options.logFile,
      `$ ${maskSecrets(escapeControl(request.command).slice(0, 2000), options.mask ?? [])}`,
    )
    const from = await bytesWritten(options.logFile, maxLogBytes)
    const startedAt = clock.now()
    const process = await start(request)
    const ending = supervise(process, {
      timeoutMs: limit - spent,
      idleMs: options.idleMs ?? DEFAULT_IDLE_MS,
      signal: options.signal,
      clock,
      outputSize: () => bytesWritten(options.logFile, maxLogBytes),
    })
    // Awaited below; until then a failure must not count as unhandled.
    ending.catch(() => undefined)
    try {
      options.onStarted?.(process)
    } catch (error) {
      await process.kill()
      throw error
    }
    const { status, timedOut, silentMs } = await ending
    const durationMs = clock.now() - startedAt
    spent += durationMs
    options.signal.throwIfAborted()

    const omittedBytes = (status.cut ?? []).reduce((sum, cut) => sum + cut.omittedBytes, 0)
    const part = await readLogPart(options.logFile, from, maxLogBytes)
    const text = excerpt(part.head === '' ? part.tail : part, options.excerptChars ?? DEFAULT_EXCERPT_CHARS)
    return {
      exitCode: status.code,
      signal: status.signal,
      timedOut,
      ...(silentMs === null ? {} : { silentMs: Math.round(silentMs) }),
      durationMs: Math.round(durationMs),
      excerpt: status.spawnError === undefined ? text : `${status.spawnError}\n${text}`.trim(),
      output: part.tail,
      ...(omittedBytes === 0 ? {} : { omittedBytes }),
    }
  }

  return {
    run(request) {
      const next = last.then(async () => run(request))
      last = next.catch(() => undefined)
      return next
    },
  }
}
