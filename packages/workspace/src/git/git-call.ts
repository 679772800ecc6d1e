/** Where and how a git command runs. */
export interface GitCall {
  readonly cwd: string
  /** The whole environment, with GIT_DIR and what else the command needs. */
  readonly env: Readonly<Record<string, string>>
  /** Written to stdin, which is then closed; absent: stdin is empty. */
  readonly input?: string | Uint8Array
  /** An open file that receives stdout; the outcome's `stdout` is then empty. */
  readonly stdoutFd?: number
  /** An open file that git reads; instead of `input`. */
  readonly stdinFd?: number
  /** What starts git, where it can; absent: this process. */
  readonly shells?: GitShells
}

export interface GitOutcome {
  /** -1 when a signal ended git. */
  readonly code: number
  readonly stdout: Buffer
  /** At most the last 16 KiB. */
  readonly stderr: string
}

/**
 * Starts git from small shells instead of from this process. To fork, a process stands still for as long as copying the
 * tables of its memory takes: milliseconds for an engine, next to nothing for a shell.
 */
export interface GitShells {
  /** Null: this command has to be started directly. */
  run(args: readonly string[], call: GitCall): Promise<GitOutcome | null> | null
  close(): Promise<void>
}
