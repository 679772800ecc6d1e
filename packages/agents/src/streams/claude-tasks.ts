import { contentText } from './message-blocks.js'
import { asArray, asNonEmpty, asObject, asText, type JsonObject } from './json-value.js'

/** The tasks that Claude Code has put into the background: sub-agents, and commands that continue by themselves. */
export interface ClaudeTasks {
  /** A `system` event about a task. */
  take(subtype: string, value: JsonObject): void
  /** Results of tools: one that ends in the foreground was never in the background. */
  takeResults(message: JsonObject): void
  /** Tasks in the background whose end was not told. */
  readonly open: number
  /** What is known of sub-agents that did not finish; null when all did. */
  warning(): string | null
}

interface Task {
  readonly toolUse: string | null
  readonly isAgent: boolean
  background: boolean | null
  ended: boolean
  stopped: boolean
}

const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'stopped', 'killed', 'cancelled', 'error'])
const STOPPED: ReadonlySet<string> = new Set(['stopped', 'killed', 'cancelled'])
const LAUNCHED = /\b(?:async|background)/i

/** No tasks yet. */
export function createClaudeTasks(): ClaudeTasks {
  const tasks = new Map<string, Task>()

  const settle = (task: Task | undefined, value: JsonObject): void => {
    const status = asText(value['status']) ?? ''
    if (task === undefined || !ENDED.has(status)) return
    task.ended = true
    task.stopped = STOPPED.has(status)
  }

  return {
    take(subtype, value) {
      const id = asNonEmpty(value['task_id'])
      if (id === null) return
      if (subtype === 'task_started') {
        const background = value['is_backgrounded']
        tasks.set(id, {
          toolUse: asNonEmpty(value['tool_use_id']),
          isAgent: !/bash|shell|monitor/i.test(asText(value['task_type']) ?? ''),
          background: typeof background === 'boolean' ? background : null,
          ended: false,
          stopped: false,
        })
      }
      const task = tasks.get(id)
      const patch = asObject(value['patch'])
      if (task !== undefined && patch?.['is_backgrounded'] === true) task.background = true
      if (subtype === 'task_notification') settle(task, value)
      if (subtype === 'task_updated' && patch !== null) settle(task, patch)
    },
    takeResults(message) {
      for (const item of asArray(message['content'])) {
        const block = asObject(item)
        if (block?.['type'] !== 'tool_result') continue
        const text = contentText(block['content']) ?? ''
        for (const task of tasks.values()) {
          if (task.toolUse === null || task.toolUse !== block['tool_use_id']) continue
          if (task.background === true) continue
          if (task.background === null && LAUNCHED.test(text)) task.background = true
          else task.ended = true
        }
      }
    },
    get open() {
      return [...tasks.values()].filter((task) => !task.ended && task.background !== false).length
    },
    warning() {
      const lost = [...tasks.values()].filter(
        (task) => task.isAgent && task.background !== false && (task.stopped || !task.ended),
      ).length
      if (lost === 0) return null
      return lost === 1
        ? '1 background agent was stopped before it had finished'
        : `${lost} background agents were stopped before they had finished`
    },
  }
}
