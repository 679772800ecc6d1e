import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ExecutorFactory, StepReports, StepResult } from '@gump/engine'
import { packageFolder } from '../embedded-process/package-folder.js'
import type { FromPerformer, ToPerformer } from './messages.js'

/** An executor whose effects are performed by another process on this machine. */
export interface Loopback {
  readonly factory: ExecutorFactory
  /** Processes that were started and live. */
  readonly pids: readonly number[]
  close(): Promise<void>
}

interface Pending {
  readonly reports: StepReports
  readonly resolve: (result: StepResult) => void
  readonly reject: (error: unknown) => void
}

/** Kinds that stay with the run's own process: a clock and a person are there. */
const here: ReadonlySet<string> = new Set(['timer', 'ask'])

/**
 * Sends requests to a child process as lines of JSON, and takes reports and results from it: the proof that nothing else
 * has to cross the seam. It shares the repository and the run's folder with the child.
 *
 * @param repo - the repository, as the child finds it.
 */
export function loopback(repo: string): Loopback {
  const children = new Set<ChildProcess>()
  const factory: ExecutorFactory = (local, run) => {
    const pending = new Map<string, Pending>()
    let told = 0
    const child = spawn(process.execPath, [join(packageFolder(), 'dist/executor/performer.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    children.add(child)
    const send = (message: ToPerformer): void => void child.stdin.write(`${JSON.stringify(message)}\n`)
    const receive = (message: FromPerformer): void => {
      const id = 'id' in message ? message.id : 'report' in message ? message.report.id : message.result.id
      const waiting = pending.get(id)
      if (waiting === undefined) return
      try {
        if (message.told === 'report') waiting.reports.report(message.report)
        else if (message.told === 'live') waiting.reports.live(message.live)
        else waiting.resolve(message.result)
      } catch (error) {
        // A ledger that takes nothing: what is performed ends, and its end is of no interest.
        send({ do: 'stop', id, stopping: { by: 'lost', reason: 'its events cannot be recorded' } })
        waiting.reject(error)
      }
    }
    createInterface({ input: child.stdout }).on('line', (line) => receive(JSON.parse(line) as FromPerformer))
    // The pipe of a child that has died; its end is handled below.
    child.stdin.on('error', () => {})
    child.once('close', (code, signal) => {
      children.delete(child)
      for (const { reject } of pending.values()) {
        reject(new Error(`the performing process ended with ${signal ?? code}`))
      }
    })
    send({ do: 'open', repo, run: { id: run.id, alias: run.alias, dir: run.dir } })
    return {
      async execute(request, reports, signal) {
        if (here.has(request.kind)) return local.execute(request, reports, signal)
        const { id } = request
        const lines = run.history(told)
        told += lines.length
        if (lines.length > 0) send({ do: 'learn', lines })
        const stop = (): void => send({ do: 'stop', id, stopping: signal.reason })
        try {
          return await new Promise<StepResult>((resolve, reject) => {
            pending.set(id, { reports, resolve, reject })
            send({ do: 'execute', request })
            signal.addEventListener('abort', stop, { once: true })
            if (signal.aborted) stop()
          })
        } finally {
          signal.removeEventListener('abort', stop)
          pending.delete(id)
        }
      },
    }
  }
  return {
    factory,
    get pids() {
      return [...children].flatMap(({ pid }) => pid ?? [])
    },
    async close() {
      const gone = [...children].map((child) => new Promise((resolve) => child.once('close', resolve)))
      for (const child of children) child.stdin?.end()
      await Promise.all(gone)
    },
  }
}
