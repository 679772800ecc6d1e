import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'

import type { GitOutcome } from './git-call.js'
import { hold } from './hold.js'
import { commandText, type ShellCommand } from './shell-text.js'

/** A small shell that starts commands one after the other. */
export interface GitShell {
  readonly isIdle: boolean
  /** Null: the shell was gone before it began. */
  run(command: ShellCommand): Promise<GitOutcome | null>
  /** Waits for the command that is running. */
  close(): Promise<void>
}

interface Waiting {
  readonly stdout: Buffer[]
  tail: Buffer
  stderr: string
  readonly resolve: (outcome: GitOutcome | null) => void
}

const stderrLimit = 16 * 1024

/** Exit codes from here on are those of signals; git uses none of them itself. */
const firstSignal = 130

/**
 * Starts a shell that ends with its input, and so with this process. It is out of reach of Ctrl-C, because a command
 * that writes a repository should not be ended half-way. Null when the system refuses another process.
 *
 * @param onEnd - called when it is gone, for whatever reason
 */
export function openGitShell(env: Readonly<Record<string, string>>, onEnd: () => void): GitShell | null {
  const child = spawn('/bin/sh', [], { cwd: '/', env, stdio: 'pipe', detached: true })
  if (child.pid === undefined) {
    child.on('error', () => {})
    return null
  }
  return talkTo(child, onEnd)
}

function talkTo(child: ChildProcessWithoutNullStreams, onEnd: () => void): GitShell {
  const mark = randomUUID()
  let waiting: Waiting | null = null
  let finish = (): void => {}
  const ended = new Promise<void>((resolve) => (finish = resolve))

  const settle = (outcome: GitOutcome | null): void => {
    const { resolve } = waiting ?? {}
    waiting = null
    hold(child, false)
    resolve?.(outcome)
  }
  const check = (): void => {
    if (waiting === null || !waiting.stderr.endsWith(mark) || !waiting.tail.equals(markBytes)) return
    settle(outcomeOf(Buffer.concat(waiting.stdout), waiting.stderr.slice(0, -mark.length), mark))
  }
  const markBytes = Buffer.from(mark)
  child.stdout.on('data', (chunk: Buffer) => {
    if (waiting === null) return
    waiting.stdout.push(chunk)
    waiting.tail = Buffer.concat([waiting.tail, chunk]).subarray(-markBytes.length)
    check()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (waiting === null) return
    waiting.stderr = (waiting.stderr + text).slice(-stderrLimit)
    check()
  })
  child.stdin.on('error', () => {})
  const end = (): void => {
    onEnd()
    finish()
    if (waiting === null) return
    const hasBegun = waiting.stdout.some((chunk) => chunk.length > 0)
    const stderr = `${waiting.stderr}git was ended with the shell that it ran in\n`
    settle(hasBegun ? { code: -1, stdout: Buffer.alloc(0), stderr } : null)
  }
  child.on('error', end)
  child.on('exit', onEnd)
  child.on('close', end)
  hold(child, false)

  return {
    get isIdle() {
      return waiting === null
    },
    run: (command) =>
      new Promise((resolve) => {
        waiting = { stdout: [], tail: Buffer.alloc(0), stderr: '', resolve }
        hold(child, true)
        child.stdin.write(commandText(command, mark))
      }),
    close: async () => {
      hold(child, true)
      child.stdin.end()
      await ended
    },
  }
}

/** Reads `+`, what git wrote, and ` <code> <mark>`. */
function outcomeOf(written: Buffer, stderr: string, mark: string): GitOutcome {
  const end = written.length - mark.length - 1
  const start = written.lastIndexOf(0x20, end - 1)
  const code = Number(written.toString('latin1', start + 1, end))
  const stdout = written.subarray(1, start)
  if (code < firstSignal) return { code, stdout, stderr }
  return { code: -1, stdout, stderr: `${stderr}git was ended by signal ${code - 128}\n` }
}
