import type { ErrorObject, ValidateFunction } from 'ajv'
import { escapeControl } from '@gump/errors'
import { slugify } from './slugify.js'
import { tasksSchema } from './tasks-schema.js'

/** A split's tasks as far as Gump itself reads them. */
export interface SplitTask {
  readonly name: string
  readonly description: string
  readonly files?: readonly string[]
}

/** What {@link checkTasks} found. */
export type TasksCheck =
  | { readonly valid: true; readonly tasks: readonly SplitTask[] }
  | { readonly valid: false; readonly problems: readonly string[] }

let validate: ValidateFunction<SplitTask[]> | undefined

/**
 * Checks the tasks JSON of a split. Problems are sentences that an agent can act on.
 *
 * @example
 * ```ts
 * await checkTasks('[{"name": "Add auth"}]') // { valid: false, problems: ['task 1 ("Add auth") has no description'] }
 * ```
 */
export async function checkTasks(json: string): Promise<TasksCheck> {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { valid: false, problems: [`the tasks are not valid JSON: ${escapeControl(reason)}`] }
  }
  const check = await validator()
  if (!check(value)) {
    const problems = (check.errors ?? []).map((error) => sentence(error, value))
    return { valid: false, problems: [...new Set(problems)] }
  }
  const problems = sameSlugs(value)
  return problems.length === 0 ? { valid: true, tasks: value } : { valid: false, problems }
}

async function validator(): Promise<ValidateFunction<SplitTask[]>> {
  if (validate === undefined) {
    // By way of the default: of a CommonJS module, a bundle exports nothing else.
    const { Ajv } = (await import('ajv')).default
    validate = new Ajv({ allErrors: true, strict: true }).compile<SplitTask[]>(tasksSchema)
  }
  return validate
}

function sameSlugs(tasks: readonly SplitTask[]): string[] {
  const places = new Map<string, number[]>()
  tasks.forEach((task, index) => {
    const slug = slugify(task.name, index + 1)
    places.set(slug, [...(places.get(slug) ?? []), index + 1])
  })
  return [...places]
    .filter(([, found]) => found.length > 1)
    .map(
      ([slug, found]) =>
        `tasks ${listed(found)} have the same name once it is a path ("${slug}"); rename all but one`,
    )
}

function listed(numbers: readonly number[]): string {
  return `${numbers.slice(0, -1).join(', ')} and ${String(numbers.at(-1))}`
}

function sentence(error: ErrorObject, tasks: unknown): string {
  const [, index, field, entry] = error.instancePath.split('/')
  if (index === undefined) return `the tasks must be a JSON array, not ${kind(tasks)}`
  const task = nameOf(tasks, Number(index))
  if (error.keyword === 'required') return `${task} has no ${String(error.params['missingProperty'])}`
  if (field === undefined) return `${task} must be an object with name and description`
  if (entry !== undefined)
    return `entry ${String(Number(entry) + 1)} of "files" of ${task} must be a non-empty string`
  if (field === 'files') return `"files" of ${task} must be an array of strings`
  return error.keyword === 'pattern'
    ? `the ${field} of ${task} is empty`
    : `the ${field} of ${task} must be a string`
}

function nameOf(tasks: unknown, index: number): string {
  const task: unknown = Array.isArray(tasks) ? tasks[index] : undefined
  const place = `task ${String(index + 1)}`
  if (typeof task !== 'object' || task === null || !('name' in task)) return place
  const { name } = task
  if (typeof name !== 'string' || name.trim() === '') return place
  return `${place} ("${escapeControl(name.trim().slice(0, 60))}")`
}

function kind(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
