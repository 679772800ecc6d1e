import type { RunLocation } from './run-location.js'
import { lstatSync, mkdirSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { GumpError, isSystemError, toGumpError } from '@gump/errors'
import { aliasBase, createAliasFolder } from './alias.js'
import { ledgerFileName } from './read.js'
import { appendIndex, readIndex, type IndexEntry } from './run-index.js'
import { runTime } from './run-time.js'
import { newestReadable, selectRun } from './select-run.js'

/** The runs of one repository. */
export interface RunStore {
  /** Absolute: `<repo>/.gump/runs`. */
  readonly runsDir: string
  readonly indexFile: string
  /** Creates the folder of a new run and gives it a name that no other run has. @param at - epoch milliseconds. */
  create(id: string, at: number): RunLocation
  /** Of all runs, in no order: without a look into their folders. */
  ids(): Promise<ReadonlySet<string>>
  /** Newest first. A folder whose run died before its first line was written is there too. */
  list(): Promise<RunLocation[]>
  /**
   * By id, alias, unique prefix of either, or `latest`: the newest whose ledger can be read.
   *
   * @throws GumpError `GUMP-L005` for none, `GUMP-L006` for several, with the candidates.
   */
  find(selector: string): Promise<RunLocation>
  appendIndex(entry: IndexEntry): void
  /** Finished runs, oldest first. */
  index(): Promise<IndexEntry[]>
  /** Deletes the folder and the name; the index keeps its line. */
  remove(run: RunLocation): void
}

/** Other folders are none of Gump's. */
const runId = /^[A-Za-z0-9][A-Za-z0-9_-]*$/u

/** @param gumpDir - absolute path of the `.gump` folder; created when needed. */
export function createRunStore(gumpDir: string): RunStore {
  const runsDir = join(gumpDir, 'runs')
  const indexFile = join(runsDir, 'index.ndjson')
  const aliases = createAliasFolder(join(runsDir, '.aliases'))
  const locate = (id: string, alias: string | null): RunLocation => {
    const dir = join(runsDir, id)
    const run = { id, alias, dir, ledgerFile: join(dir, ledgerFileName) }
    return { ...run, time: runTime(run) }
  }

  const folders = async (): Promise<string[]> => {
    const entries = await readdir(runsDir, { withFileTypes: true }).catch((error: unknown) => {
      if (isSystemError(error) && error.code === 'ENOENT') return []
      throw toGumpError(error, { doing: 'listing the runs', path: runsDir })
    })
    return entries.filter((entry) => entry.isDirectory() && runId.test(entry.name)).map(({ name }) => name)
  }

  const aliasesById = (): ReadonlyMap<string, string> =>
    new Map([...aliases.all()].map(([alias, id]) => [id, alias]))

  /** A run by its id alone, without a look at the others. */
  const withId = (id: string): RunLocation | null => {
    if (!runId.test(id)) return null
    const stats = lstatSync(join(runsDir, id), { throwIfNoEntry: false })
    return stats?.isDirectory() === true ? locate(id, aliasesById().get(id) ?? null) : null
  }

  const list = async (): Promise<RunLocation[]> => {
    const names = aliasesById()
    return (
      (await folders())
        .map((id) => locate(id, names.get(id) ?? null))
        // Two runs of one millisecond: their ids are UUIDv7, whose order is the order of time.
        .toSorted((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1))
    )
  }

  return {
    runsDir,
    indexFile,
    create(id, at) {
      if (!runId.test(id)) {
        throw new GumpError('GUMP-L010', `${JSON.stringify(id)} cannot be a run id`, { data: { id } })
      }
      mkdirSync(runsDir, { recursive: true })
      mkdirSync(join(runsDir, id))
      return { ...locate(id, aliases.claim(aliasBase(at), id)), time: at }
    },
    ids: async () => new Set(await folders()),
    list,
    find: async (selector) => {
      const wanted = selector.trim()
      const known = wanted === 'latest' ? null : withId(wanted)
      if (known !== null) return known
      const runs = await list()
      return wanted === 'latest' ? await newestReadable(runs) : selectRun(runs, selector)
    },
    appendIndex(entry) {
      mkdirSync(runsDir, { recursive: true })
      appendIndex(indexFile, entry)
    },
    index: () => readIndex(indexFile),
    remove(run) {
      rmSync(run.dir, { recursive: true, force: true })
      if (run.alias !== null) aliases.remove(run.alias)
    },
  }
}
