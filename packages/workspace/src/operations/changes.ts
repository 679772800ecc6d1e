import type { ChangesOptions, WorkingTreeChanges } from '../contract.js'
import { configuredDrivers } from '../filters/configured-drivers.js'
import { moreSettings, type Setting } from '../git/environment.js'
import { decodePath, joinRecords, splitRecords } from '../git/path-bytes.js'
import { demandGit, type GitCall } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'

const statusArguments = [
  'status',
  '--porcelain=v2',
  '-z',
  '--no-renames',
  '--untracked-files=all',
  '--ignore-submodules=dirty',
]

/** The user's uncommitted changes. The user's index is not even refreshed. */
export async function changes(
  repository: Repository,
  { runFilters = true }: ChangesOptions = {},
): Promise<WorkingTreeChanges> {
  const drivers = runFilters
    ? []
    : [...configuredDrivers(await repository.configuration.read()).drivers.keys()]
  const call = drivers.length === 0 ? repository.user : withoutDrivers(repository.user, drivers)
  const tracked: string[] = []
  const untracked: string[] = []
  for (const record of splitRecords(await demandGit(statusArguments, call))) {
    const kind = String.fromCharCode(record[0] ?? 0)
    if (kind === '?') untracked.push(pathAfter(record, 1))
    if (kind === '1') tracked.push(pathAfter(record, 8))
    if (kind === 'u') tracked.push(pathAfter(record, 10))
  }
  const filtered = await filteredBy(call, new Set(drivers), tracked)
  if (filtered.size === 0) return { tracked, untracked }
  return {
    tracked: tracked.filter((path) => !filtered.has(path)),
    untracked,
    undecided: tracked.filter((path) => filtered.has(path)),
  }
}

/** The same git with these drivers doing nothing. */
function withoutDrivers(call: GitCall, drivers: readonly string[]): GitCall {
  const none = drivers.flatMap((name): Setting[] => [
    [`filter.${name}.clean`, ''],
    [`filter.${name}.smudge`, ''],
    [`filter.${name}.process`, ''],
    [`filter.${name}.required`, 'false'],
  ])
  return { ...call, env: { ...call.env, ...moreSettings(call.env, none) } }
}

/** Which of the files go through one of the drivers. */
async function filteredBy(
  call: GitCall,
  drivers: ReadonlySet<string>,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  if (drivers.size === 0 || paths.length === 0) return new Set()
  const args = ['check-attr', '-z', '--stdin', 'filter']
  const fields = splitRecords(await demandGit(args, { ...call, input: joinRecords(paths) }))
  const found = new Set<string>()
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path, , value] = fields.slice(at, at + 3)
    if (path !== undefined && value !== undefined && drivers.has(value.toString('utf8')))
      found.add(decodePath(path))
  }
  return found
}

/** The path that follows so many fields, each ended by a blank. */
function pathAfter(record: Buffer, fields: number): string {
  let at = 0
  for (let field = 0; field < fields; field += 1) at = record.indexOf(0x20, at) + 1
  return decodePath(record.subarray(at))
}
