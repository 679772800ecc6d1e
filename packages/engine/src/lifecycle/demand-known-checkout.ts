import { GumpError, listFirst } from '@gump/errors'
import {
  changedSettings,
  differences,
  readWatchRecord,
  type WatchRecord,
  writeWatchRecord,
} from '../shell/watch-record.js'
import { namesShown } from '../shell/watch.js'
import type { Setup } from './setup.js'

/** Asked whether a change of the checkout is the user's own: what differs, by name. */
export type ConfirmChange = (names: readonly string[]) => Promise<boolean>

/**
 * Compares the user's checkout with how the run found it, before something is merged into it. Only for runs whose agents no
 * sandbox kept out.
 *
 * @param confirm - asked when there is a difference; absent: it is in the result, and nothing is refused
 * @returns the names of what differs, and was not confirmed
 * @throws GumpError `GUMP-G020` when the user says that the change is not theirs.
 */
export async function demandKnownCheckout(
  { workspace }: Setup,
  runDir: string,
  confirm: ConfirmChange | undefined,
): Promise<readonly string[]> {
  const record = readWatchRecord(runDir)
  if (typeof record === 'string' || record.baseline.checkout === null) return []
  const names = await changed(workspace, record)
  if (names.length === 0) return []
  if (confirm === undefined) return names
  if (await confirm(names)) return []
  throw new GumpError(
    'GUMP-G020',
    `your checkout changed since the run began, and no sandbox kept it out: ${listFirst(names, namesShown)}; nothing was applied`,
    { data: { names } },
  )
}

async function changed(
  workspace: Setup['workspace'],
  { baseline: { settings, checkout } }: WatchRecord,
): Promise<readonly string[]> {
  const names = changedSettings(settings, await workspace.gitSettings())
  // With settings that are not the user's, git is not asked anything here.
  return names.length > 0 ? names : differences(checkout ?? {}, await workspace.checkoutState())
}

/** What applying has changed is no change that anybody has to be asked about. */
export async function takeAsKnown({ workspace }: Setup, runDir: string): Promise<void> {
  const record = readWatchRecord(runDir)
  if (typeof record === 'string' || record.baseline.checkout === null) return
  const sight = { settings: await workspace.gitSettings(), checkout: await workspace.checkoutState() }
  writeWatchRecord(runDir, { baseline: sight, seen: sight })
}
