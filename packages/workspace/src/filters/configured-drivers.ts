import { type Configuration, isTrue } from '../git/configuration.js'

/** What the user has configured as `filter.<name>.*`; null: not set. */
export interface Driver {
  readonly name: string
  readonly clean: string | null
  readonly smudge: string | null
  readonly process: string | null
  readonly required: boolean
}

/** What the user's configuration says about content filters. */
export interface DriverTable {
  readonly drivers: ReadonlyMap<string, Driver>
  /** Where Git LFS keeps files, when that is configured. */
  readonly lfsStorage: string | null
}

/** Which drivers system, user and repository configure, as git sees it: the last word counts. */
export function configuredDrivers({ entries }: Configuration): DriverTable {
  const drivers = new Map<string, Driver>()
  let lfsStorage: string | null = null
  for (const [key, value] of entries) {
    if (key === 'lfs.storage') lfsStorage = value
    const match = /^filter\.(.*)\.([^.]+)$/su.exec(key)
    if (match?.[1] === undefined || match[2] === undefined) continue
    const name = match[1]
    const known = drivers.get(name) ?? { name, clean: null, smudge: null, process: null, required: false }
    drivers.set(name, { ...known, ...part(match[2], value) })
  }
  return { drivers, lfsStorage }
}

/** An empty command is none, for git too. */
function part(key: string, value: string | null): Partial<Driver> {
  const command = value === null || value === '' ? null : value
  if (key === 'clean') return { clean: command }
  if (key === 'smudge') return { smudge: command }
  if (key === 'process') return { process: command }
  if (key === 'required') return { required: isTrue(value) }
  return {}
}
