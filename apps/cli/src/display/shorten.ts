import { escapeControl } from '@gump/errors'

/** How much of a plan is shown. */
export interface PlanOptions {
  /** Whole prompts and values, not only their first lines. */
  readonly verbose: boolean
}

/** The first line of a text, unless all of it is wanted. */
export function shorten(text: string, { verbose }: PlanOptions): string {
  const [first = '', ...rest] = escapeControl(text.trim(), { multiline: true }).split('\n')
  if (verbose) return [first, ...rest].join('\n')
  return rest.length > 0 || first.length > 100 ? `${first.slice(0, 100)}…` : first
}
