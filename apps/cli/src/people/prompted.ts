import { isCancel } from '@clack/prompts'

/** How a prompt ended. */
export type Prompted<T> =
  | { readonly outcome: 'answered'; readonly value: T }
  /** Escape. */
  | { readonly outcome: 'back' }
  /** Ctrl-D, or the end of the input. */
  | { readonly outcome: 'left' }
  /** Ctrl-C: in raw mode it is a key like any other, and no signal. */
  | { readonly outcome: 'interrupted' }
  /** The answer is not wanted any more. */
  | { readonly outcome: 'withdrawn' }

interface Key {
  readonly name?: string
  readonly ctrl?: boolean
}

/** Shows a prompt and distinguishes the ways in which a user can leave it without an answer. */
export async function prompted<T>(
  stdin: NodeJS.ReadableStream,
  wanted: AbortSignal,
  show: (signal: AbortSignal) => Promise<T | symbol>,
): Promise<Prompted<T>> {
  const leaving = new AbortController()
  let outcome: 'left' | 'interrupted' | null = null
  const onKey = (_text: string, key: Key): void => {
    if (key.ctrl !== true) return
    if (key.name === 'c') outcome = 'interrupted'
    else if (key.name === 'd') onEnd()
  }
  // The prompt itself would wait forever for a key that cannot come.
  const onEnd = (): void => {
    outcome ??= 'left'
    leaving.abort()
  }
  stdin.on('keypress', onKey)
  stdin.once('end', onEnd)
  try {
    const value = await show(AbortSignal.any([wanted, leaving.signal]))
    if (!isCancel(value)) return { outcome: 'answered', value: value as T }
    if (wanted.aborted) return { outcome: 'withdrawn' }
    return { outcome: outcome ?? 'back' }
  } finally {
    stdin.off('keypress', onKey)
    stdin.off('end', onEnd)
  }
}
