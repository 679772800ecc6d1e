import { escapeControl, listFirst } from '@gump/errors'
import { truncateMiddle } from '@gump/state'

export interface RetryFacts {
  /** The attempt that begins. */
  readonly attempt: number
  readonly maxAttempts: number
  /** Why the one before failed. */
  readonly error: string
  /** Paths the one before had changed. */
  readonly files: readonly string[]
  readonly diff: string
  /** What the worktree holds now. */
  readonly worktree: 'keep' | 'reset' | 'pristine'
  /** Set when another agent takes over. */
  readonly previousAgent: string | null
  readonly maxErrorChars: number
  readonly maxDiffChars: number
}

/** Tells an agent what happened before, so that it does not repeat it. */
export function retrySection(facts: RetryFacts): string {
  const lines = [`## Attempt ${facts.attempt} of ${facts.maxAttempts}`, '']
  if (facts.previousAgent !== null)
    lines.push(`The attempt before was made by ${facts.previousAgent}; you take over.`)
  lines.push(
    facts.worktree === 'keep'
      ? 'The attempt before failed. Its changes are still in the working tree; correct them.'
      : 'The attempt before failed. Its changes have been taken back; start over.',
  )
  if (facts.files.length > 0) lines.push(`It had changed: ${shortList(facts.files)}.`)
  lines.push('', 'Why it failed:', fenced(truncateMiddle(facts.error.trim(), facts.maxErrorChars)))
  if (facts.worktree !== 'keep' && facts.diff.trim() !== '') {
    lines.push('', 'What it had changed:', fenced(truncateMiddle(facts.diff.trim(), facts.maxDiffChars)))
  }
  if (facts.attempt === facts.maxAttempts) lines.push('', 'This is the last attempt.')
  return lines.join('\n')
}

/** Names are the agent's: one that holds a line break must not become a line of the prompt. */
function shortList(changed: readonly string[]): string {
  return listFirst(
    changed.map((file) => escapeControl(file)),
    10,
  )
}

/** A fence longer than any in the text, so that the text cannot end it. */
export function fenced(text: string): string {
  const longest = [...text.matchAll(/`+/g)].reduce((max, [run]) => Math.max(max, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}
