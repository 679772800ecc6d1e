import { uniqueSlugs } from '@gump/gates'
import type { TaskRecord } from '@gump/ledger'
import { isRecord, parseJson } from './json-problem.js'

const maxTasks = 1000

/** Reads the tasks of a split: an array of `{name, description, files?, …}`, or an object that holds it as `tasks`. */
export function parseTasks(
  text: string,
): { readonly tasks: readonly TaskRecord[] } | { readonly error: string } {
  const parsed = parseJson(text)
  if ('error' in parsed) return parsed
  const list =
    isRecord(parsed.value) && Array.isArray(parsed.value['tasks']) ? parsed.value['tasks'] : parsed.value
  if (!Array.isArray(list)) return { error: 'expected an array of tasks' }
  if (list.length > maxTasks) return { error: `${list.length} tasks are more than the ${maxTasks} allowed` }
  const tasks: Omit<TaskRecord, 'slug'>[] = []
  for (const [index, item] of list.entries()) {
    const task = readTask(item)
    if ('error' in task) return { error: `task ${index + 1} ${task.error}` }
    tasks.push(task)
  }
  const slugs = uniqueSlugs(tasks)
  return { tasks: tasks.map((task, index) => ({ slug: slugs[index] ?? '', ...task })) }
}

function readTask(item: unknown): Omit<TaskRecord, 'slug'> | { readonly error: string } {
  if (!isRecord(item)) return { error: 'is not an object' }
  const { name, description, files, ...extra } = item
  if (typeof name !== 'string' || name.trim() === '') return { error: 'has no name' }
  if (description !== undefined && typeof description !== 'string')
    return { error: 'has a description that is no text' }
  if (files !== undefined && !isStringList(files)) return { error: 'has files that are no list of paths' }
  return {
    name,
    description: description ?? '',
    ...(files === undefined ? {} : { files }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  }
}

function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
