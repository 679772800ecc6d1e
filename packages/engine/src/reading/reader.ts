import { join } from 'node:path'
import { createRunStore, readLedgerParts } from '@gump/ledger'
import { lookAtRuns } from '@gump/workspace'
import { defaultSettings } from '../ambient/default-settings.js'
import type { RunReader } from '../contract.js'
import { openRun } from '../lifecycle/open-run.js'
import { refuseLinks } from '../lifecycle/refuse-links.js'
import { listRuns, summarise } from '../lifecycle/summaries.js'
import { listLostRuns } from '../lifecycle/unreadable-runs.js'
import type { OpenedRuns } from './opened-runs.js'

/** What a {@link RunReader} is made of. */
export interface ReaderOptions {
  /** A folder inside the repository. */
  readonly repo: string
  /** Default: that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What is kept beside ledgers is of use to this version alone. */
  readonly gumpVersion?: string
}

/**
 * Looks at the runs of a repository, without what starting one needs: no agent, gate or workflow is loaded for it.
 *
 * @example
 * ```ts
 * const reader = createReader({ repo: '.' })
 * for (const { alias, status } of await reader.runs()) console.log(alias, status)
 * await reader.close()
 * ```
 */
export function createReader(options: ReaderOptions): RunReader {
  let opened: Promise<OpenedRuns> | null = null
  const runs = (): Promise<OpenedRuns> => (opened ??= open(options))
  return {
    ...readingMethods(runs),
    async close() {
      if (opened !== null) await (await opened.catch(() => null))?.workspace.close()
    },
  }
}

/** The methods by which runs are looked at, of whatever opens them. */
export function readingMethods(opened: () => Promise<OpenedRuns>): Omit<RunReader, 'close'> {
  return {
    runs: async () => listRuns(await opened()),
    lostRuns: async () => listLostRuns(await opened()),
    async find(run) {
      const runs = await opened()
      return summarise(runs, await runs.store.find(run))
    },
    async *parts(run) {
      const { ledgerFile, id } = await (await opened()).store.find(run)
      yield* readLedgerParts(ledgerFile, { runId: id })
    },
    async events(run) {
      const runs = await opened()
      return (await openRun(runs, await runs.store.find(run))).events
    },
  }
}

async function open({ repo, env = process.env, gumpVersion }: ReaderOptions): Promise<OpenedRuns> {
  const workspace = await lookAtRuns(repo, { env })
  const facts = await workspace.facts()
  refuseLinks(facts.root)
  return {
    workspace,
    facts,
    store: createRunStore(join(facts.root, '.gump')),
    settings: { gumpVersion: gumpVersion ?? defaultSettings.gumpVersion },
  }
}
