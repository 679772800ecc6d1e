import type { StartContext } from './start-context.js'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { isGumpError } from '@gump/errors'
import { enclose } from '../containment/enclose.js'
import type { Enclosure } from '../containment/enclosure.js'
import type { ContainedProcess, ProcessListeners, ProcessSpec } from '../contract.js'
import { CONTAINER_VARIABLE } from '../environment/environment-for.js'
import { startedAt } from '../kernel/identity.js'
import { openAppendFile, type AppendFile } from '../streams/append-file.js'
import { prepareStdio, type StdioEntry } from '../streams/stdio.js'
import { checkSpec, startFailed } from './check-spec.js'
import { type OutputFiles, supervise } from './supervise.js'

/** Starts one contained process. Throws GUMP-X001 when it does not start, GUMP-X003 without its output files. */
export async function startContained(
  context: StartContext,
  spec: ProcessSpec,
  listeners: ProcessListeners,
): Promise<ContainedProcess> {
  const { container } = spec
  if (context.active.has(container)) throw startFailed(spec, `the container id ${container} is in use`)
  context.active.add(container)
  const undo: (() => void)[] = [() => context.active.delete(container)]
  try {
    const enclosure = prepareEnclosure(context, spec)
    undo.push(() => void enclosure.dispose())
    const files = await openFiles(spec, undo)
    const stdio = await prepareStdio(context.pipes, context.tempDir, spec.stdin)
    undo.push(() => stdio.discard())
    // Before the spawn: if we die in between, the marker is all the reaper needs.
    await guard(spec, context.reaper.guard({ container, ...enclosure.reaperEntry() }))
    undo.push(() => context.reaper.release(container))

    inContainer(spec, () => enclosure.prepare())
    const child = await spawnIn(enclosure, spec, stdio.entries)
    undo.length = 0
    const pid = child.pid
    const leader = { pid, pidStart: startedAt(pid) ?? '0' }
    const streams = stdio.connect(child)
    const attached = enclosure.attach(child, leader)
    const contained = supervise(context, { spec, listeners, child, leader, enclosure, streams, files })
    void context.reaper.guard({ container, leader, ...enclosure.reaperEntry() }).catch(() => {})
    await attached
    if (context.active.has(container)) {
      void context.reaper.guard({ container, leader, ...enclosure.reaperEntry() }).catch(() => {})
    }
    return contained
  } catch (error) {
    for (const step of undo.toReversed()) step()
    throw error
  }
}

async function openFiles(spec: ProcessSpec, undo: (() => void)[]): Promise<OutputFiles> {
  const { stdoutFile, stderrFile, maxFileBytes } = spec
  const limit = maxFileBytes === undefined ? {} : { maxBytes: maxFileBytes }
  const openOne = async (path: string, writers: number): Promise<AppendFile> => {
    const file = await openAppendFile(path, { writers, ...limit })
    undo.push(() => file.stream.destroy())
    return file
  }
  // Two who write to one file must know of each other, or they would not agree where it ends.
  if (stdoutFile !== undefined && stdoutFile === stderrFile) {
    const both = await openOne(stdoutFile, 2)
    return { stdout: both, stderr: both }
  }
  return {
    ...(stdoutFile === undefined ? {} : { stdout: await openOne(stdoutFile, 1) }),
    ...(stderrFile === undefined ? {} : { stderr: await openOne(stderrFile, 1) }),
  }
}

function prepareEnclosure(context: StartContext, spec: ProcessSpec): Enclosure {
  const file = checkSpec(spec)
  return inContainer(spec, () => enclose({ spec, file }, context.capabilities, context))
}

function inContainer<T>(spec: ProcessSpec, make: () => T): T {
  try {
    return make()
  } catch (cause) {
    throw isGumpError(cause) ? cause : startFailed(spec, 'its container could not be made', { cause })
  }
}

async function guard(spec: ProcessSpec, start: Promise<void>): Promise<void> {
  try {
    await start
  } catch (cause) {
    throw startFailed(spec, 'the process that watches over it could not be started', { cause })
  }
}

/** Node knows at once whether the program was executed: libuv waits for the outcome of `execve`. */
async function spawnIn(
  enclosure: Enclosure,
  spec: ProcessSpec,
  entries: readonly StdioEntry[],
): Promise<ChildProcess & { readonly pid: number }> {
  const { file, args, extraStdio } = enclosure.command
  const env = { ...spec.env, PWD: spec.cwd, [CONTAINER_VARIABLE]: spec.container }
  try {
    const child = spawn(file, args, {
      cwd: spec.cwd,
      env,
      detached: true,
      stdio: [...entries, ...extraStdio],
    })
    if (hasPid(child)) {
      child.on('error', () => {})
      return child
    }
    const [error] = await once(child, 'error')
    throw error
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw startFailed(spec, cause instanceof Error ? cause.message : code, { code, cause })
  }
}

function hasPid(child: ChildProcess): child is ChildProcess & { readonly pid: number } {
  return child.pid !== undefined
}
