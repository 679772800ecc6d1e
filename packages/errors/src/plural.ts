/**
 * A count and what is counted.
 *
 * @param many - the plural, where it is not the singular with an `s`
 *
 * @example `plural(1, 'task') === '1 task'`, `plural(3, 'task') === '3 tasks'`
 */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
