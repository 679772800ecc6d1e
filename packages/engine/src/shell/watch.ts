import { catalogue } from '@gump/errors'
import type { NewEvent } from '@gump/ledger'
import type { Watched, WorkspaceProvider } from '@gump/workspace'

/** Looks whether anything of the user's changes while a run works. */
export interface Watch {
  /** Takes what is there as the user's. */
  begin(): Promise<void>
  /** What to record when a program of this step has ended: nothing, mostly. */
  look(step: string): Promise<readonly NewEvent[]>
  /** The same after the set-up, which is the user's own and may change settings. */
  lookAfterSetup(): Promise<readonly NewEvent[]>
  /** The same at the end, when nothing runs any more: also at branches and files, where no sandbox is in force. */
  lookAtCheckout(): Promise<readonly NewEvent[]>
}

/** What {@link createWatch} is made of. */
export interface WatchOptions {
  readonly workspace: Pick<WorkspaceProvider, 'gitSettings' | 'checkoutState'>
  /** A change of what git goes by ends the run, rather than being told. */
  readonly stops: boolean
  /** Agents can reach the checkout, so its branches and files are looked at. */
  readonly exposed: boolean
}

/** Names shown of a long list. */
const shown = 10

export function createWatch({ workspace, stops, exposed }: WatchOptions): Watch {
  let settings: Watched = {}
  let checkout: Watched | null = null

  const changedSettings = async (): Promise<readonly string[]> => {
    const now = await workspace.gitSettings()
    // A registration that comes or goes is somebody's `git worktree add` or `remove`.
    const names = differences(settings, now).filter(
      (name) => !isRegistration(name) || (name in settings && name in now),
    )
    settings = now
    return names
  }

  const look = async (step: string): Promise<readonly NewEvent[]> => {
    const names = await changedSettings()
    if (names.length === 0) return []
    const message = `${list(names)} changed while the run worked; git runs programs that such files name`
    if (!stops) return [warning('GUMP-G019', `${message}. ${catalogue['GUMP-G019'].remedy}`)]
    const { remedy } = catalogue['GUMP-G019']
    return [{ type: 'circuit_breaker', step, reason: `GUMP-G019: ${message}`, remedy }]
  }

  return {
    look,
    async begin() {
      settings = await workspace.gitSettings()
      checkout = exposed ? await workspace.checkoutState() : null
    },
    async lookAfterSetup() {
      const names = await changedSettings()
      return names.length === 0
        ? []
        : [warning('GUMP-G019', `the set-up of the worktree changed ${list(names)}`)]
    },
    async lookAtCheckout() {
      const found = await look('')
      // With settings that are not the user's, git is not asked anything here.
      if (checkout === null || found.length > 0) return found.filter(({ type }) => type === 'warning')
      const now = await workspace.checkoutState()
      const names = differences(checkout, now)
      checkout = now
      if (names.length === 0) return []
      const message = `your checkout changed while the run worked, and no sandbox kept it out: ${list(names)}. Was it you?`
      return [warning('GUMP-G020', message)]
    },
  }
}

function differences(before: Watched, after: Watched): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => before[name] !== after[name]).toSorted()
}

function isRegistration(name: string): boolean {
  return name.startsWith('.git/worktrees/') && !name.endsWith('/commondir')
}

function list(names: readonly string[]): string {
  const more = names.length > shown ? ` and ${names.length - shown} more` : ''
  return `${names.slice(0, shown).join(', ')}${more}`
}

function warning(code: string, message: string): NewEvent {
  return { type: 'warning', code, message }
}
