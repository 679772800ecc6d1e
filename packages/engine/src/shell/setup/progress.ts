import type { RunContext } from '../run-context.js'
import { folderBytes } from './installed-folders.js'

const EVERY_MS = 15_000

/** The result of one part of the set-up. */
export interface SetupOutcome {
  /** Folders that it has made, to be measured; null: what was counted on the way is all. */
  readonly folders: readonly string[] | null
  /** How it was done, in a few words. */
  readonly how?: string
}

/** Tells the ledger, and so every display, what the set-up of a worktree does: at its start, now and then, at its end. */
export async function reported(
  context: Pick<RunContext, 'ambient' | 'journal' | 'masker'>,
  { workspace, what }: { readonly workspace: string; readonly what: string },
  work: (count: (bytes: number) => void) => Promise<SetupOutcome>,
): Promise<SetupOutcome> {
  const { clock } = context.ambient
  const startedMs = clock.now()
  let bytes = 0
  let running = true
  let cancel = (): void => {}
  const tell = (text: string, elapsedMs: number, done: boolean): void =>
    context.journal.append([
      {
        type: 'setup_progress',
        workspace,
        what: context.masker.mask(text),
        elapsed_ms: elapsedMs,
        ...(bytes > 0 ? { bytes } : {}),
        done,
      },
    ])
  const wait = (): void => {
    cancel = clock.timer(EVERY_MS, () => {
      if (!running) return
      tell(what, clock.now() - startedMs, false)
      wait()
    })
  }
  tell(what, 0, false)
  wait()
  try {
    const outcome = await work((count) => (bytes += count))
    running = false
    const elapsedMs = clock.now() - startedMs
    if (outcome.folders !== null) bytes = await folderBytes(outcome.folders)
    tell(outcome.how === undefined ? what : `${what} (${outcome.how})`, elapsedMs, true)
    return outcome
  } finally {
    running = false
    cancel()
  }
}
