import { mkdir } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'

import { GumpError } from '@gump/errors'

import { cleanEnvironment, type Setting } from '../git/environment.js'
import { fixedPath } from '../git/fixed-path.js'
import type { Repository } from '../repository/repository.js'
import { filterLines, filterNames } from './attribute-lines.js'
import { configuredDrivers, type Driver, type DriverTable } from './configured-drivers.js'
import type { ContentFilters } from './contract.js'
import {
  type DriverPlace,
  isRunnable,
  isSelfContained,
  localeOf,
  programOf,
  wrapCommand,
} from './driver-command.js'
import { driverFolder } from './driver-folder.js'
import { ownAttributes } from './own-attributes.js'

/**
 * Reads which content filters a commit uses, and what the user has configured for them.
 *
 * @param env - what the drivers may see; PATH finds their programs.
 * @throws GumpError GUMP-P011 when a driver that is required cannot run.
 */
export async function contentFilters(
  repository: Repository,
  { commit, env }: { readonly commit: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<ContentFilters> {
  const { tree } = await repository.objects.commit(commit)
  const { attributes } = await repository.landmarks(tree)
  const texts = await Promise.all(
    attributes.map(async (path) => (await repository.objects.blobAt(commit, path))?.toString('utf8') ?? ''),
  )
  const configuration = await repository.configuration.read()
  const given = await ownAttributes(repository, configuration)
  const own = filterLines(given.own)
  const everywhere = filterLines(given.everywhere)
  const names = [...new Set([...texts, own, everywhere].flatMap((text) => filterNames(text)))]
  const path = fixedPath(env['PATH'])
  const none: ContentFilters = {
    commit,
    given: env,
    names,
    settings: [],
    env: { ...cleanEnvironment(env), PATH: path },
    writable: [],
    attributes: [own, everywhere],
    warnings: [],
  }
  if (names.length === 0) return none
  const table = configuredDrivers(configuration)
  const used = names.flatMap((name) => table.drivers.get(name) ?? [])
  if (used.length === 0) return none

  const commands = used.flatMap((driver) => [driver.clean, driver.smudge, driver.process])
  const whole = commands.some((command) => command !== null && !isSelfContained(command))
  const folder = await driverFolder(repository, tree, whole)
  const place: DriverPlace = { folder, gitDir: repository.commonDir, locale: localeOf(env) }
  const missing = new Map(used.map((driver) => [driver, missingProgram(driver, { path, folder })]))
  for (const [driver, program] of missing)
    if (driver.required && program !== null) throw notFound(driver, program)
  const running = used.filter((driver) => missing.get(driver) === null)
  return {
    ...none,
    settings: running.flatMap((driver) => settingsOf(driver, place)),
    writable: await storesOf(repository, table),
    warnings: used
      .filter((driver) => missing.get(driver) !== null)
      .map(
        (driver) =>
          `the program of the content filter "${driver.name}" was not found (${missing.get(driver)}); files are recorded as they are, as git add would`,
      ),
  }
}

/** The first program of a driver that is not there; null when all are, or when a shell has to find out. */
function missingProgram(
  driver: Driver,
  where: { readonly path: string; readonly folder: string },
): string | null {
  const { clean, smudge, process: both, required } = driver
  const commands = both === null ? [clean, smudge] : [both]
  if (required && both === null && (clean === null || smudge === null))
    return clean === null ? 'no clean command' : 'no smudge command'
  const programs = commands.flatMap((command) => (command === null ? [] : (programOf(command) ?? [])))
  return programs.find((program) => !isRunnable(program, where)) ?? null
}

/**
 * Every driver counts as required: where one fails, git would take what the file holds as it is, which may be what must
 * not leave this machine.
 */
function settingsOf(driver: Driver, place: DriverPlace): readonly Setting[] {
  const { name, clean, smudge, process: both } = driver
  const wrapped = (command: string | null): string => wrapCommand(command ?? 'cat', place, true)
  return [
    [`filter.${name}.clean`, wrapped(clean)],
    [`filter.${name}.smudge`, wrapped(smudge)],
    ...(both === null ? [] : ([[`filter.${name}.process`, wrapCommand(both, place, false)]] as const)),
    [`filter.${name}.required`, 'true'],
  ]
}

/** Git LFS keeps the files themselves beside the objects. */
async function storesOf(
  { commonDir }: Repository,
  { drivers, lfsStorage }: DriverTable,
): Promise<readonly string[]> {
  const usesLfs = [...drivers.values()].some(({ clean, process: both }) =>
    /\bgit[- ]lfs\b/u.test(`${clean} ${both}`),
  )
  if (!usesLfs) return []
  const store = lfsStorage ?? 'lfs'
  const folder = isAbsolute(store) ? store : join(commonDir, store)
  await mkdir(folder, { recursive: true })
  return [folder]
}

function notFound({ name }: Driver, program: string): GumpError {
  return new GumpError(
    'GUMP-P011',
    `files of this repository go through the content filter "${name}", which is required and cannot run: ${program.startsWith('no ') ? program : `${program} was not found`}`,
    {
      data: { filter: name, program },
      remedy: `install what filter.${name} in your git configuration runs, or correct it: git config --show-origin --get-regexp '^filter\\.${name}\\.'`,
    },
  )
}
