import { type Paint, plural } from '@gump/errors'
import type { Node } from '@gump/history'
import type { EventOf, LedgerEvent } from '@gump/ledger'
import { oneLine } from '../format/escape.js'
import { createTaskGroups } from './task-groups.js'

/** Headers of top-level steps and of groups that repeat over tasks, and the line that closes such a group. */
export interface Sections {
  /** Lines that stand before whatever the event itself has to say. */
  before(event: LedgerEvent): string[]
  /** Lines that stand after it. */
  after(event: LedgerEvent): string[]
}

/** Where a section may begin: a resume continues an attempt with another launch. */
type Entrance = EventOf<'step_started'> | EventOf<'group_started'> | EventOf<'agent_launching'>

const isEntrance = (event: LedgerEvent): event is Entrance =>
  event.type === 'step_started' || event.type === 'group_started' || event.type === 'agent_launching'

/** @param nodeOf - the history of a step so far */
export function createSections(paint: Paint, nodeOf: (step: string) => Node): Sections {
  const groups = createTaskGroups(nodeOf)
  const titles = new Map<string, string>()
  let current: string | null = null
  // After a resume, and after the history of a replay, the section continues; its header may stand in another terminal.
  let named = false

  const header = (id: string, title: string): string[] => {
    if (current === id && named) return []
    const footers = current === id ? [] : groups.closeAll()
    titles.set(id, titles.get(id) ?? `→ Step ${titles.size + 1}: ${title}`)
    current = id
    named = true
    return [...footers, '', paint('bold', titles.get(id) ?? '')]
  }

  const enter = (event: Entrance): string[] => {
    const top = event.step.split('/')[0] ?? event.step
    if (event.type === 'group_started' && event.items !== undefined) {
      const tasks = plural(event.items.length, 'task')
      const lines =
        event.step === top
          ? header(`${top}/*`, `${titleOf(top)}, ${tasks}`)
          : ['', paint('bold', `→ ${oneLine(event.step)}, ${tasks}`)]
      groups.open(event.step)
      return lines
    }
    return event.step !== top && groups.isOpen(top)
      ? header(`${top}/*`, titleOf(top))
      : header(top, titleOf(top))
  }

  return {
    before(event) {
      if (event.type === 'run_resumed' || event.type === 'history_resumed') {
        named = false
        groups.reopen()
      }
      const lines = isEntrance(event) && (event.type !== 'agent_launching' || !named) ? enter(event) : []
      return event.type === 'run_completed' ? [...lines, ...groups.end()] : lines
    },
    after(event) {
      // The tasks of a split come after its end; those of a group before.
      return event.type === 'step_completed' && event.kind !== 'agent' ? groups.close(event.step) : []
    },
  }
}

/** `arch-review` → `Arch review`. */
function titleOf(name: string): string {
  const words = oneLine(name).replaceAll(/[-_]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
