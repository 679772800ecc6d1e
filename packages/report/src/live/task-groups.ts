import { plural } from '@gump/errors'
import { allAttempts, type Node } from '@gump/history'
import { oneLine } from '../format/escape.js'

/** Groups that repeat over tasks and have not ended. */
export interface TaskGroups {
  open(path: string): void
  isOpen(path: string): boolean
  /** `2 tasks passed (1 retry, 0 escalations)`; nothing when no such group is open. */
  close(path: string): string[]
  /** The innermost first. */
  closeAll(): string[]
  /** The same at the end of a run, after which they may be reopened. */
  end(): string[]
  reopen(): void
}

/** @param nodeOf - the history of a step so far */
export function createTaskGroups(nodeOf: (step: string) => Node): TaskGroups {
  const groups = new Set<string>()
  let ended: readonly string[] = []

  const close = (path: string): string[] =>
    groups.delete(path)
      ? ['', `  ${path.includes('/') ? `${oneLine(path)}: ` : ''}${tasksText(nodeOf(path))}`]
      : []

  const closeAll = (): string[] => [...groups].toReversed().flatMap(close)

  return {
    open: (path) => void groups.add(path),
    isOpen: (path) => groups.has(path),
    close,
    closeAll,
    end() {
      ended = [...groups]
      return closeAll()
    },
    reopen() {
      for (const path of ended) groups.add(path)
      ended = []
    },
  }
}

function tasksText(group: Node): string {
  const names = group.known.items ?? []
  const items = names.flatMap((name) => group.children.get(name) ?? [])
  const passed = items.filter(hasPassed).length
  const tasks =
    passed === names.length ? plural(passed, 'task') : `${passed} of ${plural(names.length, 'task')}`
  const retries = items.flatMap(retriesOf)
  const escalations = retries.filter(({ escalated }) => escalated).length
  return `${tasks} passed (${plural(retries.length, 'retry', 'retries')}, ${plural(escalations, 'escalation')})`
}

/** Something of the item was done, and all of it passed. */
function hasPassed(item: Node): boolean {
  const steps = withInner(item).filter((node) => allAttempts(node).length > 0)
  return steps.length > 0 && steps.every(({ completed }) => completed?.status === 'pass')
}

function retriesOf(item: Node): NonNullable<ReturnType<typeof allAttempts>[number]['retry']>[] {
  return withInner(item).flatMap((node) => allAttempts(node).flatMap(({ retry }) => retry ?? []))
}

function withInner(node: Node): Node[] {
  return [node, ...[...node.children.values()].flatMap(withInner)]
}
