import { probeMachine, type Capabilities } from './containment/probe.js'
import { ownCgroupFolder } from './containment/cgroup-folder.js'
import type { ContainmentLevel, ProcessRunner } from './contract.js'
import { findOnPath } from './environment/find-on-path.js'
import { sweepPrivateTemps } from './sandbox/private-temp.js'
import { createReaper } from './reaper/reaper.js'
import { startContained } from './start/start-contained.js'
import type { StartContext } from './start/start-context.js'
import { DEFAULT_MAX_LINE_BYTES } from './streams/line-splitter.js'
import { createPipePool } from './streams/pipe-pool.js'
import { killLeftovers } from './terminate/leftovers.js'

/** Options of {@link createProcessRunner}; everything has a default. */
export interface ProcessRunnerOptions {
  /** Where the tools are looked up (`PATH`) and temporary files go (`TMPDIR`). Programs do not inherit it. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** A longer line is delivered cut, with `truncated`. Bytes; default 64 MiB. */
  readonly maxLineBytes?: number
  /** Use this level and no other; starting rejects with GUMP-X004 when it does not work. Default: the strongest. */
  readonly forceLevel?: ContainmentLevel
  /** Grace of a `stop()` that names none. Milliseconds; default 2000. */
  readonly graceMs?: number
  /** For pipes, input, and what stands in for `/tmp` in a sandbox. Default: `TMPDIR`, or `/tmp`. */
  readonly tempDir?: string
  /** Absolute path of bubblewrap. Default: looked up on `PATH`. */
  readonly bwrap?: string
  /** Absolute path of the node that the reaper runs in the end. Default: the one that runs us. */
  readonly node?: string
}

const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin'
const DEFAULT_GRACE_MS = 2000

/**
 * The default {@link ProcessRunner}: contained processes on Linux and macOS.
 *
 * Make one per engine: it caches what the machine can do, and starts one small reaper process, with the first
 * container, that kills all containers when the engine dies. On Linux call it from the main thread: the kernel ties
 * a container's life to the thread that started it, so in a worker containers end with the worker.
 *
 * @example
 * ```ts
 * const runner = createProcessRunner({ env: process.env })
 * const contained = await runner.start(
 *   { container: 'c-1', file: 'npm', args: ['test'], cwd: '/repo', env: { PATH: '/usr/bin:/bin' } },
 *   { onStdoutLine: (line) => lines.push(line) },
 * )
 * const { code } = await contained.exit
 * ```
 */
export function createProcessRunner(options: ProcessRunnerOptions = {}): ProcessRunner {
  const env = options.env ?? { PATH: DEFAULT_PATH }
  const tempDir = options.tempDir ?? env['TMPDIR'] ?? '/tmp'
  const mkfifo = findOnPath('mkfifo', env) ?? findOnPath('mkfifo', { PATH: DEFAULT_PATH })
  const shared: Omit<StartContext, 'capabilities'> = {
    reaper: createReaper(options.node ?? process.execPath),
    pipes: createPipePool(mkfifo, tempDir),
    tempDir,
    maxLineBytes: options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES,
    graceMs: options.graceMs ?? DEFAULT_GRACE_MS,
    tempDirs: [...new Set([tempDir, '/tmp', '/var/tmp'])],
    active: new Set(),
  }
  let probing: Promise<Capabilities> | undefined
  let swept: Promise<void> | undefined
  const capabilities = (): Promise<Capabilities> => (probing ??= probeMachine({ ...options, env, tempDir }))

  return {
    async probe() {
      const { report } = await capabilities()
      return report
    },
    async start(spec, listeners = {}) {
      swept ??= sweepPrivateTemps(tempDir).catch(() => {})
      return startContained({ ...shared, capabilities: await capabilities() }, spec, listeners)
    },
    killLeftovers: (owner, known = []) => killLeftovers(owner, known, ownCgroupFolder()),
  }
}
