import type { ChildProcess } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import type { Enclosure } from '../containment/enclosure.js'
import type { ContainedProcess, ExitStatus, ProcessListeners, ProcessSpec } from '../contract.js'
import type { ProcessIdentity } from '../kernel/identity.js'
import type { AppendFile } from '../streams/append-file.js'
import { pumpOutput, type Output } from '../streams/output.js'
import type { Streams } from '../streams/stdio.js'
import { exitOf, hasExited } from '../terminate/child-exit.js'
import type { StartContext } from './start-context.js'

/** Where its streams are recorded; one file for both, or one each. */
export interface OutputFiles {
  readonly stdout?: AppendFile
  readonly stderr?: AppendFile
}

/** A program that has just been spawned. */
export interface Spawned {
  readonly spec: ProcessSpec
  readonly listeners: ProcessListeners
  readonly child: ChildProcess
  readonly leader: ProcessIdentity
  readonly enclosure: Enclosure
  readonly streams: Streams
  readonly files: OutputFiles
}

/** Follows a program to its end and beyond: until nothing is left of it and all it wrote has arrived. */
export function supervise(context: StartContext, spawned: Spawned): ContainedProcess {
  const { spec, child, enclosure } = spawned
  const { container } = spec
  const exited = exitOf(child)
  let destroyed: Promise<void> | undefined
  const destroy = (): Promise<void> => (destroyed ??= enclosure.destroy())

  const kill = async (): Promise<void> => {
    await destroy()
    await exited
  }

  let failure: { readonly error: unknown } | undefined
  const fail = (failed: unknown): void => {
    failure ??= { error: failed }
    // Its own failure shows in `exit`, which destroys as well.
    void destroy().catch(() => {})
  }
  const complaint = { last: '' }
  const outputs = pumpBoth(context, spawned, complaint, fail)

  const finish = async (): Promise<ExitStatus> => {
    const { code, signal } = await exited
    const wasKilled = destroyed !== undefined
    try {
      await destroy()
      context.reaper.release(container)
    } finally {
      await Promise.all(outputs.map((output) => output.finish()))
      child.stdin?.destroy()
      await enclosure.dispose()
      context.active.delete(container)
    }
    if (failure !== undefined) throw failure.error
    if (!wasKilled && signal === null && enclosure.neverRan())
      return { code: null, signal, spawnError: complaint.last || `${spec.file} did not run` }
    return { code, signal, ...cutFiles(spawned.files) }
  }
  const exit = finish()
  // A caller that only kills need not look at `exit`; a failure must not end the engine then.
  exit.catch(() => {})

  return {
    identity: { container, ...spawned.leader },
    level: enclosure.level,
    sandboxed: enclosure.sandboxed,
    exit,
    kill,
    async stop(graceMs = context.graceMs) {
      if (!hasExited(child)) {
        const waiting = new AbortController()
        const grace = setTimeout(graceMs, undefined, { signal: waiting.signal }).catch(() => {})
        void enclosure.terminate()
        await Promise.race([exited, grace])
        waiting.abort()
      }
      await kill()
    },
  }
}

function cutFiles({ stdout, stderr }: OutputFiles): Pick<ExitStatus, 'cut'> {
  const files = [...new Set([stdout, stderr])]
  const cut = files.flatMap((file) => {
    const omittedBytes = file?.omitted() ?? 0
    return file === undefined || omittedBytes === 0 ? [] : [{ file: file.path, omittedBytes }]
  })
  return cut.length === 0 ? {} : { cut }
}

function pumpBoth(
  context: StartContext,
  { spec, listeners, streams, files, enclosure }: Spawned,
  complaint: { last: string },
  onError: (error: unknown) => void,
): Output[] {
  const common = { mask: spec.mask ?? [], maxLineBytes: context.maxLineBytes, onError }
  const onStdoutLine = listeners.onStdoutLine?.bind(listeners)
  const onStderrLine = listeners.onStderrLine?.bind(listeners)
  // What the wrapper says goes to the program's stderr; its last words explain a program that never ran.
  const noted =
    enclosure.level !== 'namespace'
      ? onStderrLine
      : (line: string, truncated: boolean): void => {
          if (line.startsWith('bwrap: ')) complaint.last = line
          onStderrLine?.(line, truncated)
        }
  return [
    pumpOutput({
      ...common,
      source: streams.stdout,
      ...(files.stdout && { file: files.stdout }),
      ...(onStdoutLine && { onLine: onStdoutLine }),
    }),
    pumpOutput({
      ...common,
      source: streams.stderr,
      ...(files.stderr && { file: files.stderr }),
      ...(noted && { onLine: noted }),
    }),
  ]
}
