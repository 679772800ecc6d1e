import { fileURLToPath } from 'node:url'
import {
  createProcessRunner,
  type ContainedProcess,
  type ContainmentLevel,
  type ProcessListeners,
  type ProcessRunner,
  type ProcessRunnerOptions,
  type ProcessSpec,
} from '@gump/process'

/** Absolute path of a program in `test/fixtures`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))
}

/** A runner with the environment of the tests. */
export function testRunner(options: ProcessRunnerOptions = {}): ProcessRunner {
  return createProcessRunner({ env: process.env, ...options })
}

let count = 0

/** A spec with what does not matter filled in. */
export function spec(
  file: string,
  args: readonly string[] = [],
  more: Partial<ProcessSpec> = {},
): ProcessSpec {
  count += 1
  const PATH = process.env['PATH'] ?? ''
  return { container: `test-${process.pid}-${count}`, file, args, cwd: '/', env: { PATH }, ...more }
}

/** A started process with its lines so far and a way to wait for one. */
export interface Watched {
  readonly contained: ContainedProcess
  readonly stdout: string[]
  readonly stderr: string[]
  /** Resolves with the first stdout line that is `text`; rejects when the process ends without it. */
  line(text: string): Promise<void>
}

/** Starts and listens. */
export async function watch(runner: ProcessRunner, what: ProcessSpec): Promise<Watched> {
  const stdout: string[] = []
  const stderr: string[] = []
  const waiting = new Set<() => void>()
  const listeners: ProcessListeners = {
    onStdoutLine(line) {
      stdout.push(line)
      for (const check of waiting) check()
    },
    onStderrLine: (line) => void stderr.push(line),
  }
  const contained = await runner.start(what, listeners)
  const line = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        if (!stdout.includes(text)) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
      contained.exit.then(
        (status) => reject(new Error(`ended with ${JSON.stringify({ status, stdout, stderr })}`)),
        reject,
      )
    })
  return { contained, stdout, stderr, line }
}

/** The levels that this machine has, each with a runner that uses it. */
export async function availableLevels(): Promise<{ level: ContainmentLevel; runner: ProcessRunner }[]> {
  const levels: { level: ContainmentLevel; runner: ProcessRunner }[] = []
  for (const level of ['namespace', 'cgroup', 'group'] as const) {
    const runner = testRunner({ forceLevel: level })
    const works = await runner.probe().then(
      () => true,
      () => false,
    )
    if (works) levels.push({ level, runner })
  }
  return levels
}
