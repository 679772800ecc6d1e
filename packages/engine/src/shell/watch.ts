import { catalogue, listFirst } from '@gump/errors'
import type { NewEvent } from '@gump/ledger'
import type { WorkspaceProvider } from '@gump/workspace'
import {
  changedSettings,
  differences,
  readWatchRecord,
  type Sight,
  type WatchRecord,
  writeWatchRecord,
} from './watch-record.js'

/** Looks whether anything of the user's changes while a run works. */
export interface Watch {
  /**
   * Takes what is there as the user's when the run begins. When it is resumed, compares with what was last seen: what
   * changed in between is reported.
   */
  begin(): Promise<readonly NewEvent[]>
  /** What to record when a program of this step has ended: nothing, mostly. */
  look(step: string): Promise<readonly NewEvent[]>
  /** The same after the set-up, which is the user's own and may change settings. */
  lookAfterSetup(): Promise<readonly NewEvent[]>
  /** The same when no agent or gate runs: also at branches and files, where no sandbox is in force. */
  lookAtCheckout(): Promise<readonly NewEvent[]>
}

/** What {@link createWatch} is made of. */
export interface WatchOptions {
  readonly workspace: Pick<WorkspaceProvider, 'gitSettings' | 'checkoutState'>
  /** Where the run remembers what it saw. */
  readonly runDir: string
  /** A change of the settings that git follows ends the run, rather than being reported. */
  readonly stops: boolean
  /** Agents can reach the checkout, so its branches and files are looked at. */
  readonly exposed: boolean
}

/** Names shown of a long list. */
export const namesShown = 10

export function createWatch({ workspace, runDir, stops, exposed }: WatchOptions): Watch {
  let record: WatchRecord = { baseline: nothing, seen: nothing }

  const see = (seen: Partial<Sight>): void => {
    record = { ...record, seen: { ...record.seen, ...seen } }
    writeWatchRecord(runDir, record)
  }

  const newSettings = async (): Promise<readonly string[]> => {
    const settings = await workspace.gitSettings()
    const names = changedSettings(record.seen.settings, settings)
    if (differences(record.seen.settings, settings).length > 0) see({ settings })
    return names
  }

  const newInCheckout = async (): Promise<readonly string[]> => {
    const { checkout: before } = record.seen
    if (before === null) return []
    const checkout = await workspace.checkoutState()
    const names = differences(before, checkout)
    if (names.length > 0) see({ checkout })
    return names
  }

  const look = async (step: string): Promise<readonly NewEvent[]> => {
    const names = await newSettings()
    if (names.length === 0) return []
    const message = `${listFirst(names, namesShown)} changed while the run worked; git runs programs that such files name`
    const { remedy } = catalogue['GUMP-G019']
    if (!stops) return [warning('GUMP-G019', `${message}. ${remedy}`)]
    return [{ type: 'circuit_breaker', step, reason: `GUMP-G019: ${message}`, remedy }]
  }

  const takeAsTheUsers = async (): Promise<void> => {
    const settings = await workspace.gitSettings()
    const sight = { settings, checkout: exposed ? await workspace.checkoutState() : null }
    record = { baseline: sight, seen: sight }
    writeWatchRecord(runDir, record)
  }

  const compareWithLast = async (): Promise<readonly NewEvent[]> => {
    const settings = await newSettings()
    if (settings.length > 0) {
      // With settings that are not the user's, git is not asked anything here.
      const message = `${listFirst(settings, namesShown)} changed since the run was last looked at; git runs programs that such files name`
      return [warning('GUMP-G019', `${message}. ${catalogue['GUMP-G019'].remedy}`)]
    }
    if (!exposed) return []
    if (record.seen.checkout === null) {
      const checkout = await workspace.checkoutState()
      record = { ...record, baseline: { ...record.baseline, checkout } }
      see({ checkout })
      return []
    }
    return checkoutChanged(await newInCheckout(), 'since the run was last looked at')
  }

  return {
    look,
    async begin() {
      const known = readWatchRecord(runDir)
      if (typeof known !== 'string') {
        record = known
        return compareWithLast()
      }
      await takeAsTheUsers()
      if (known === 'missing') return []
      const message =
        'what the run remembered of your checkout cannot be read any more; what changed before it was resumed is not known'
      return [warning('GUMP-G020', message)]
    },
    async lookAfterSetup() {
      const names = await newSettings()
      if (names.length === 0) return []
      return [warning('GUMP-G019', `the set-up of the worktree changed ${listFirst(names, namesShown)}`)]
    },
    async lookAtCheckout() {
      const found = await look('')
      // With settings that are not the user's, git is not asked anything here.
      if (!exposed || found.length > 0) return found.filter(({ type }) => type === 'warning')
      return checkoutChanged(await newInCheckout(), 'while the run worked')
    },
  }
}

const nothing: Sight = { settings: {}, checkout: null }

function checkoutChanged(names: readonly string[], when: string): readonly NewEvent[] {
  if (names.length === 0) return []
  const message = `your checkout changed ${when}, and no sandbox kept it out: ${listFirst(names, namesShown)}. Was it you?`
  return [warning('GUMP-G020', message)]
}

function warning(code: string, message: string): NewEvent {
  return { type: 'warning', code, message }
}
