import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { Readable } from 'node:stream'
import { isAlive, type ProcessIdentity } from '../kernel/identity.js'
import { findMembers } from '../kernel/members.js'
import { readProcessStat } from '../kernel/process-stat.js'
import type { Mount } from '../sandbox/mounts.js'
import type { PrivateTemp } from '../sandbox/private-temp.js'
import { createBackoff } from '../terminate/backoff.js'
import { exitOf, hasExited } from '../terminate/child-exit.js'
import { sendSignal } from '../terminate/send-signal.js'
import { createDying } from '../terminate/survivors.js'
import { sweep } from '../terminate/sweep.js'
import { containmentArguments, sandboxArguments } from './bwrap-arguments.js'
import { readBwrapStatus, type BwrapStatus } from './bwrap-status.js'
import type { Enclosure, Program } from './enclosure.js'

const STATUS_DESCRIPTOR = 3

/** What is different in a sandbox from the machine around it. */
export interface Sandbox {
  readonly mounts: readonly Mount[]
  readonly devices: readonly string[]
  /** null: the variable is taken away. */
  readonly environment: Readonly<Record<string, string | null>>
  readonly temp: PrivateTemp
}

/**
 * A PID namespace made by bubblewrap. The kernel kills everything in it when its first process dies, and that one
 * dies with bwrap, which dies with the engine. `sandbox` absent: the file system stays as it is.
 */
export function encloseInNamespace(program: Program, bwrap: string, sandbox: Sandbox | undefined): Enclosure {
  const { spec, file } = program
  const container = spec.container
  const extraStdio: (number | 'pipe')[] = ['pipe']
  const empty: number[] = []
  const emptyFile = (): number => {
    const descriptor = openSync('/dev/null', 'r')
    empty.push(descriptor)
    return STATUS_DESCRIPTOR - 1 + extraStdio.push(descriptor)
  }
  const closeEmpty = (): void => {
    for (const descriptor of empty.splice(0)) closeSync(descriptor)
  }
  const options =
    sandbox === undefined
      ? containmentArguments()
      : sandboxArguments(sandbox.mounts, { ...sandbox, emptyFile, isRoot: process.getuid?.() === 0 })

  let child: ChildProcess | undefined
  let leader: ProcessIdentity | undefined
  let init: ProcessIdentity | undefined
  let status: BwrapStatus | undefined
  let attached: Promise<void> | undefined

  const meet = async (spawned: ChildProcess, { pid: parent }: ProcessIdentity): Promise<void> => {
    const source = spawned.stdio[STATUS_DESCRIPTOR]
    if (!(source instanceof Readable)) throw new TypeError('bwrap has no status pipe')
    status = readBwrapStatus(source)
    const pid = await status.init
    const stat = pid === undefined ? undefined : readProcessStat(pid)
    // Only bwrap's own child, so that writing a number cannot make us kill another process.
    if (stat?.parent === parent) init = { pid: stat.pid, pidStart: stat.start }
  }

  return {
    level: 'namespace',
    sandboxed: sandbox !== undefined,
    command: {
      file: bwrap,
      args: [
        ...options,
        '--json-status-fd',
        String(STATUS_DESCRIPTOR),
        '--chdir',
        spec.cwd,
        '--',
        file,
        ...spec.args,
      ],
      extraStdio,
    },
    prepare() {},
    reaperEntry: () => (init === undefined ? {} : { init }),

    attach(spawned, identity) {
      closeEmpty()
      child = spawned
      leader = identity
      attached = meet(spawned, identity)
      return attached
    },

    async terminate() {
      // The first process ignores TERM, and before the program's start it is alone: wait for company.
      const first = init
      if (first === undefined) return
      for (const pause = createBackoff(); isAlive(first); await pause()) {
        const { pid } = first
        const { members } = findMembers({ container, leader: first })
        if (members.some((member) => member.pid !== pid && readProcessStat(member.pid)?.parent === pid)) {
          sendSignal(-pid, 'SIGTERM')
          return
        }
      }
    },

    async destroy() {
      if (child === undefined || leader === undefined) return
      // bwrap says so right after the clone, or ends.
      await attached
      // bwrap first, or it may still report the death of the other as an exit code.
      if (!hasExited(child)) sendSignal(-leader.pid, 'SIGKILL')
      if (init !== undefined && isAlive(init)) sendSignal(init.pid, 'SIGKILL')
      await exitOf(child)
      if (init === undefined) await sweep({ container, leader })
      else await emptied(init, container)
      await status?.closed
    },

    neverRan: () => status !== undefined && !status.ran(),
    async dispose() {
      closeEmpty()
      await sandbox?.temp.remove()
    },
  }
}

/** The kernel lets the first process of a namespace end only after all others have. */
async function emptied(init: ProcessIdentity, container: string): Promise<void> {
  const dying = createDying(container)
  dying.add(init)
  for (const pause = createBackoff(); dying.left().length > 0; await pause()) sendSignal(init.pid, 'SIGKILL')
}
