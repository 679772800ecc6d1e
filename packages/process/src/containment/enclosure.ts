import type { ChildProcess } from 'node:child_process'
import type { ContainmentLevel, ProcessSpec } from '../contract.js'
import type { ProcessIdentity } from '../kernel/identity.js'
import type { ReaperEntry } from '../reaper/reaper.js'

/** What is really spawned: the program itself or a wrapper around it. */
export interface EnclosedCommand {
  readonly file: string
  readonly args: readonly string[]
  /** Descriptors from 3 on. */
  readonly extraStdio: readonly (number | 'pipe')[]
}

/** The program to enclose, with its file found and its environment complete. */
export interface Program {
  readonly spec: ProcessSpec
  /** Absolute. */
  readonly file: string
}

/** A container in the making: how one containment level starts, signals and empties it. */
export interface Enclosure {
  readonly level: ContainmentLevel
  readonly sandboxed: boolean
  readonly command: EnclosedCommand
  /** What the reaper needs beside the leader, as far as it is known. */
  reaperEntry(): Omit<ReaperEntry, 'container' | 'leader'>
  /** Makes what the command needs, once the reaper knows of it. */
  prepare(): void
  /** Called in the tick of the spawn; resolves when {@link terminate} and {@link destroy} can do their work. */
  attach(child: ChildProcess, leader: ProcessIdentity): Promise<void>
  /** Sends TERM to the program and its group. */
  terminate(): Promise<void>
  /** Kills everything; resolves when nothing is left. May be called after the program's end. */
  destroy(): Promise<void>
  /** True when the program itself never ran, known once the child is gone. */
  neverRan(): boolean
  /** Frees what was prepared; called once, at the end or when the spawn failed. */
  dispose(): void | Promise<void>
}
