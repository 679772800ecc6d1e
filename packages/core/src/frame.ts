import type { Dialect, Step, TemplateText } from '@gump/schema'
import type { TaskRecord } from '@gump/ledger'

/** The surroundings of a sequence of steps: where it lives, what its names mean, which worktree it works in. */
export interface Frame {
  /** Segments below which the steps live. */
  readonly path: readonly string[]
  readonly workflow: string
  readonly dialect: Dialect
  readonly steps: readonly Step[]
  readonly parent: Frame | null
  /** Set where a called workflow begins: names of the caller end here, and these inputs take their place. */
  readonly call: {
    readonly with: Readonly<Record<string, TemplateText>>
    readonly step: string | null
  } | null
  readonly task: TaskRecord | null
  /** Path of the split whose tasks are iterated. */
  readonly splitPath: string | null
  readonly workspace: string
  /** Set in the parts of an item that was split again: the frame in which its names are known. */
  readonly namesOf: Frame | null
  /** How the nearest split holds its tasks to the files they declare; null: as it is the default. */
  readonly blastRadius: 'enforce' | 'warn' | 'off' | null
  /** The nearest tasks around run side by side. */
  readonly parallel: boolean
  /** Inside validators and GET workflows nothing is committed. */
  readonly readOnly: boolean
}

export function pathOf(frame: Frame, name: string): string {
  return [...frame.path, name].join('/')
}

/** The nearest task around a frame. */
export function taskOf(frame: Frame): TaskRecord | null {
  if (frame.task !== null) return frame.task
  return frame.parent === null || frame.call !== null ? null : taskOf(frame.parent)
}

/** The frame of the task or item that a step is worked on in; null outside of any. */
export function itemFrame(frame: Frame): Frame | null {
  if (frame.task !== null) return frame
  return frame.parent === null || frame.call !== null ? null : itemFrame(frame.parent)
}
