import { plural } from '@gump/errors'
import type { LedgerEvent } from '@gump/ledger'
import { oneLine } from '../format/escape.js'

/** Groups that repeat over tasks and are not over yet. */
export interface TaskGroups {
  open(path: string, items: readonly string[]): void
  isOpen(path: string): boolean
  push(event: LedgerEvent): void
  /** `2 tasks passed (1 retry, 0 escalations)`; nothing when no such group is open. */
  close(path: string): string[]
  /** The innermost first. */
  closeAll(): string[]
  /** The same at the end of a run, after which they may be reopened. */
  end(): string[]
  reopen(): void
}

interface Group {
  readonly path: string
  readonly items: readonly string[]
  retries: number
  escalations: number
  /** Steps of the items: open, or how they ended. */
  readonly steps: Map<string, 'open' | 'pass' | 'fatal'>
}

export function createTaskGroups(): TaskGroups {
  const groups = new Map<string, Group>()
  let ended: readonly Group[] = []

  const close = (path: string): string[] => {
    const group = groups.get(path)
    if (group === undefined) return []
    groups.delete(path)
    const passed = group.items.filter((item) => hasPassed(group, `${path}/${item}`)).length
    const all = group.items.length
    const tasks = passed === all ? plural(all, 'task') : `${passed} of ${plural(all, 'task')}`
    const counts = `${plural(group.retries, 'retry', 'retries')}, ${plural(group.escalations, 'escalation')}`
    return ['', `  ${path.includes('/') ? `${oneLine(path)}: ` : ''}${tasks} passed (${counts})`]
  }

  const closeAll = (): string[] => [...groups.keys()].toReversed().flatMap(close)

  return {
    open(path, items) {
      groups.set(path, { path, items, retries: 0, escalations: 0, steps: new Map() })
    },
    isOpen: (path) => groups.has(path),
    push(event) {
      if (!('step' in event) || event.step === undefined) return
      for (const group of groups.values()) {
        if (event.step.startsWith(`${group.path}/`)) note(group, event)
      }
    },
    close,
    closeAll,
    end() {
      ended = [...groups.values()]
      return closeAll()
    },
    reopen() {
      for (const group of ended) groups.set(group.path, group)
      ended = []
    },
  }
}

function note(group: Group, event: LedgerEvent): void {
  switch (event.type) {
    case 'step_started':
    case 'group_started':
      if (event.type === 'step_started' || event.each !== true) group.steps.set(event.step, 'open')
      return
    case 'step_completed':
      group.steps.set(event.step, event.status)
      return
    case 'retry_triggered':
      group.retries += 1
      if (event.escalated) group.escalations += 1
      return
    default:
  }
}

/** Something of the item was done, and all of it passed. */
function hasPassed(group: Group, item: string): boolean {
  const ends = [...group.steps].filter(([path]) => path === item || path.startsWith(`${item}/`))
  return ends.length > 0 && ends.every(([, end]) => end === 'pass')
}
