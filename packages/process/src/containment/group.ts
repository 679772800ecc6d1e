import type { ChildProcess } from 'node:child_process'
import type { ProcessIdentity } from '../kernel/identity.js'
import { exitOf, hasExited } from '../terminate/child-exit.js'
import { sendSignal } from '../terminate/send-signal.js'
import { sweep } from '../terminate/sweep.js'
import type { EnclosedCommand, Enclosure, Program } from './enclosure.js'

/**
 * A process group and session of its own, plus sweeps for the marker in the environment. A process that clears its
 * environment and leaves the session is out of reach.
 */
export function encloseInGroup(program: Program, wrapped?: EnclosedCommand): Enclosure {
  const container = program.spec.container
  let child: ChildProcess | undefined
  let leader: ProcessIdentity | undefined

  return {
    level: 'group',
    sandboxed: wrapped !== undefined,
    command: wrapped ?? { file: program.file, args: program.spec.args, extraStdio: [] },
    reaperEntry: () => ({}),
    prepare() {},
    async attach(spawned, identity) {
      child = spawned
      leader = identity
    },
    async terminate() {
      if (child !== undefined && leader !== undefined && !hasExited(child)) sendSignal(-leader.pid, 'SIGTERM')
    },
    async destroy() {
      if (child === undefined || leader === undefined) return
      // Right after the end, too: the number stays taken as long as the group has members.
      sendSignal(-leader.pid, 'SIGKILL')
      await sweep({ container, leader })
      await exitOf(child)
    },
    neverRan: () => false,
    dispose() {},
  }
}
