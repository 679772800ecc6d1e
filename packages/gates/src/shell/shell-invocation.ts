/** How a command reaches the shell. */
export interface ShellInvocation {
  readonly file: 'bash' | 'sh'
  readonly args: readonly string[]
  readonly stdin?: string
}

/** Linux refuses a single argument beyond 128 KiB. */
const MAX_ARGUMENT_BYTES = 100_000

/**
 * How to start shell text so that both its streams are one, in the order in which they were written, and standard
 * input is at its end. They are joined on the first line of the text itself, so that line numbers are right; where that
 * line is no shell, the shell says so on the other stream. A text too long for an argument comes through standard input
 * and is read up before it runs.
 */
export function shellInvocation(command: string, shell: 'bash' | 'sh'): ShellInvocation {
  if (Buffer.byteLength(command) <= MAX_ARGUMENT_BYTES) {
    // A sandbox shows what the command line names by its path, below the folder for temporary files, too.
    if (command.startsWith('/'))
      return { file: shell, args: ['-c', `exec ${shell} -c "$1" 2>&1`, shell, command] }
    return { file: shell, args: ['-c', `exec 2>&1; ${command}`, shell] }
  }
  return { file: shell, args: ['-c', 'exec 2>&1; eval "$(cat)"'], stdin: command }
}
