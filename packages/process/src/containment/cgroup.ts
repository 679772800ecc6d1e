import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startedAt } from '../kernel/identity.js'
import { createBackoff } from '../terminate/backoff.js'
import { createDying } from '../terminate/survivors.js'
import type { EnclosedCommand, Enclosure, Program } from './enclosure.js'
import { encloseInGroup } from './group.js'

/** Variables that shells set on their own: taken away again where the program is not to have them. */
const SHELL_VARIABLES = ['OLDPWD', 'SHLVL']

/** The cgroup of a container below our own: hashed, because ids are not file names. */
export function containerCgroup(parent: string, container: string): string {
  return join(parent, `gump-${createHash('sha256').update(container).digest('hex').slice(0, 24)}`)
}

/** A cgroup that the kernel empties in one go with `cgroup.kill`, around what {@link encloseInGroup} does. */
export function encloseInCgroup(program: Program, parent: string): Enclosure {
  const folder = containerCgroup(parent, program.spec.container)
  const group = encloseInGroup(program)
  return {
    ...group,
    level: 'cgroup',
    command: enteringCgroup(folder, program.file, program.spec.args, program.spec.env),
    reaperEntry: () => ({ cgroup: folder }),
    prepare() {
      mkdirSync(folder, { recursive: true })
    },
    async destroy() {
      killCgroup(folder)
      await group.destroy()
      await cgroupEmptied(folder, program.spec.container)
    },
    dispose() {
      removeCgroup(folder)
    },
  }
}

/** The shell enters before it becomes the program, so no child can be born outside. */
export function enteringCgroup(
  folder: string,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): EnclosedCommand {
  const extra = SHELL_VARIABLES.filter((name) => env[name] === undefined)
  const script = `echo 0 > "$1/cgroup.procs" || exit 126; shift; ${extra.map((name) => `unset ${name};`).join(' ')} exec "$@"`
  return { file: '/bin/sh', args: ['-c', script, 'sh', folder, file, ...args], extraStdio: [] }
}

/** Kills everything in the cgroup; no error when there is none. */
export function killCgroup(folder: string): void {
  try {
    writeFileSync(join(folder, 'cgroup.kill'), '1')
  } catch {
    // Not there, or gone already.
  }
}

/**
 * Resolves when no process is left in the cgroup.
 *
 * @throws GumpError GUMP-X002 naming processes that are there after 5 s
 */
export async function cgroupEmptied(folder: string, container: string): Promise<void> {
  const dying = createDying(container)
  for (const pause = createBackoff(); isPopulated(folder); await pause()) {
    killCgroup(folder)
    for (const pid of cgroupPids(folder)) {
      const identity = { pid, pidStart: startedAt(pid) ?? '' }
      if (identity.pidStart !== '' && !dying.has(identity)) dying.add(identity)
    }
    dying.left()
  }
}

/** The processes in the cgroup, and in those that its processes made inside. */
export function cgroupPids(folder: string): number[] {
  try {
    const text = readFileSync(join(folder, 'cgroup.procs'), 'utf8')
    const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const own = text.split('\n').filter(Boolean).map(Number)
    return [...own, ...inner.flatMap(({ name }) => cgroupPids(join(folder, name)))]
  } catch {
    return []
  }
}

/** Removes an empty cgroup and those that its processes made inside. */
export function removeCgroup(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) removeCgroup(join(folder, entry.name))
    }
    rmdirSync(folder)
  } catch {
    // Gone already, or held by a process that the sweep has reported.
  }
}

function isPopulated(folder: string): boolean {
  try {
    return readFileSync(join(folder, 'cgroup.events'), 'utf8').includes('populated 1')
  } catch {
    return false
  }
}
