/** How strongly a process tree is held: by a PID namespace, a cgroup, or a process group with environment marker. */
export type ContainmentLevel = 'namespace' | 'cgroup' | 'group'

/**
 * Who may write where. Absolute paths; symbolic links are followed, what does not exist is left out. The longest path
 * that holds a file decides; on equal paths `hide` comes before `writable`, and that before `readOnly`.
 * Absent: no file system restrictions.
 */
export interface SandboxPolicy {
  /** `strict`: everything read-only except what is listed writable; `auto`: only `readOnly` paths are protected. */
  readonly mode: 'auto' | 'strict'
  readonly readOnly: readonly string[]
  /** Wins over a `readOnly` above it, for the paths below it. */
  readonly writable: readonly string[]
  /** Masked: an empty folder or file is seen instead. */
  readonly hide: readonly string[]
  /** What is at `source` is seen at `target`, which exists, writable unless `readOnly`. Only in a `namespace`. */
  readonly binds?: readonly SandboxBind[]
  /** Seen as `mode` says, even below the folder for temporary files, which is the program's own otherwise. */
  readonly shown?: readonly string[]
  /** Sockets, or folders of sockets, that stay within reach: all others that lead out of the sandbox are closed. */
  readonly sockets?: readonly string[]
  /** Devices beside those that every program needs, such as `/dev/kvm`. */
  readonly devices?: readonly string[]
}

/** One thing that a sandboxed program sees in another place than where it is. */
export interface SandboxBind {
  readonly source: string
  readonly target: string
  readonly readOnly?: boolean
}

/** Plain data that describes one contained process. */
export interface ProcessSpec {
  /** Unique; children inherit it as `GUMP_CONTAINER`. */
  readonly container: string
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  /** The whole environment; nothing is added but the marker, and `PWD`, which always is `cwd`. */
  readonly env: Readonly<Record<string, string>>
  /** Written and closed; absent: closed at once. */
  readonly stdin?: string
  /** Absent: no sandbox is asked for (containment level may still be `namespace`). */
  readonly sandbox?: SandboxPolicy
  /** Raw bytes of the streams are appended here once, with back pressure, whatever their size. */
  readonly stdoutFile?: string
  readonly stderrFile?: string
  /**
   * Most bytes that each of these files may take: of what is more, the beginning and the end are kept, and a note in
   * between says how much is left out. Absent: no limit.
   */
  readonly maxFileBytes?: number
  /** Secrets masked in the files and in what the listeners get. */
  readonly mask?: readonly string[]
}

/** Who gets the output, line by line, as it is written. */
export interface ProcessListeners {
  /** One line without its terminator; lines beyond `maxLineBytes` (default 64 MiB) come cut, with `truncated`. */
  onStdoutLine?(line: string, truncated: boolean): void
  onStderrLine?(line: string, truncated: boolean): void
}

/** How a contained program ended. */
export interface ExitStatus {
  /** Under `namespace` a program that died of signal n reads 128 + n here, as in a shell, and `signal` is null. */
  readonly code: number | null
  readonly signal: string | null
  /** Set when the program never ran: the wrapper could not execute it. */
  readonly spawnError?: string
  /** Files of the output that would have become larger than they may, and how much of each was left out. */
  readonly cut?: readonly { readonly file: string; readonly omittedBytes: number }[]
}

/** What `resume` and `gc` need to recognise a left-over, never a recycled pid. */
export interface ContainerIdentity {
  readonly container: string
  readonly pid: number
  /** Kernel start time of the pid, in clock ticks since boot, as a decimal string. */
  readonly pidStart: string
}

/** A container of a dead engine: its id, and the process that was started in it if there was one. */
export type LeftoverContainer = Pick<ContainerIdentity, 'container'> & Partial<ContainerIdentity>

/** A running program and everything it starts, held together until all of it is gone. */
export interface ContainedProcess {
  readonly identity: ContainerIdentity
  readonly level: ContainmentLevel
  /** True when `sandbox` was asked for and is in force. */
  readonly sandboxed: boolean
  /**
   * Resolves when the main process is gone, everything it left behind is killed, and all lines that were written
   * before have been delivered. A grandchild that holds stdout open does not delay it. Rejects with GUMP-X002 when
   * processes survived, with GUMP-X003 when the output could not be recorded, and with what a listener threw; the
   * program is killed in these cases, too.
   */
  readonly exit: Promise<ExitStatus>
  /** TERM, after `graceMs` (default: the runner's) KILL, then sweep. Resolves when nothing is left. */
  stop(graceMs?: number): Promise<void>
  /** KILL at once, the whole tree. Resolves when nothing is left. */
  kill(): Promise<void>
}

/** What this machine can do. */
export interface ContainmentReport {
  readonly level: ContainmentLevel
  readonly sandbox: boolean
  /** Why a stronger level is not available, for people. */
  readonly reason?: string
}

/** Seam: everything that starts a process goes through one of these. */
export interface ProcessRunner {
  probe(): Promise<ContainmentReport>
  /** Resolves as soon as the process has a pid; rejects with GUMP-X001 when it could not be started. */
  start(spec: ProcessSpec, listeners?: ProcessListeners): Promise<ContainedProcess>
  /**
   * Kills what a dead engine left, and returns how many processes it found: every one that carries the marker of the container
   * `owner` or of one whose id begins with `owner/`, and of the `known` containers also what has lost its marker.
   */
  killLeftovers(owner: string, known?: readonly LeftoverContainer[]): Promise<number>
}
