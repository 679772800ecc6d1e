import { spawn } from 'node:child_process'

import type { GitCall, GitOutcome } from './git-call.js'
import { gitFailed, gitNotStarted } from './git-failure.js'
import { gitProgram } from './git-program.js'

export type { GitCall, GitOutcome }

const stderrLimit = 16 * 1024

/**
 * Runs one git command to its end, whatever its exit code. Git is a trusted program that ends by itself, so it needs
 * no container.
 *
 * @throws GumpError GUMP-P004 when there is no git; GUMP-G001 when it cannot be started in that folder.
 */
export async function runGit(args: readonly string[], call: GitCall): Promise<GitOutcome> {
  return (await call.shells?.run(args, call)) ?? (await startGit(args, call))
}

function startGit(args: readonly string[], call: GitCall): Promise<GitOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(gitProgram(call.env), args, {
      cwd: call.cwd,
      env: call.env,
      stdio: [
        call.stdinFd ?? (call.input === undefined ? 'ignore' : 'pipe'),
        call.stdoutFd ?? 'pipe',
        'pipe',
      ],
    })
    const stdout: Buffer[] = []
    let stderr = ''
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-stderrLimit)
    })
    // A git that ends before it has read everything says why with its exit code.
    child.stdin?.on('error', () => {})
    child.stdin?.end(call.input)
    child.on('error', (cause) => reject(gitNotStarted(cause, call.cwd)))
    child.on('close', (code, signal) => {
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(stdout),
        stderr: signal === null ? stderr : `${stderr}git was ended by ${signal}\n`,
      })
    })
  })
}

/**
 * {@link runGit} for a command that has to succeed; returns its stdout.
 *
 * @throws GumpError GUMP-G001 with git's own words when the exit code is not 0.
 */
export async function demandGit(args: readonly string[], call: GitCall): Promise<Buffer> {
  const outcome = await runGit(args, call)
  if (outcome.code !== 0) throw gitFailed(args, outcome)
  return outcome.stdout
}
