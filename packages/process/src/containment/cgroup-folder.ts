import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/**
 * The folder of our own cgroup in the version 2 hierarchy, or `undefined` without one. Hybrid machines mount it below
 * `/sys/fs/cgroup/unified`.
 */
export function ownCgroupFolder(): string | undefined {
  try {
    return cgroupFolder(
      readFileSync('/proc/self/cgroup', 'utf8'),
      readFileSync('/proc/self/mountinfo', 'utf8'),
    )
  } catch {
    return undefined
  }
}

/** The same from the text of `/proc/self/cgroup` and `/proc/self/mountinfo`. */
export function cgroupFolder(cgroups: string, mounts: string): string | undefined {
  const own = /^0::(\/.*)$/m.exec(cgroups)?.[1]
  if (own === undefined) return undefined
  for (const line of mounts.split('\n')) {
    const [before = '', after = ''] = line.split(' - ')
    if (!after.startsWith('cgroup2 ')) continue
    // id parent major:minor root mountpoint options; blanks in paths are octal escapes.
    const [, , , root = '/', mountPoint = ''] = before.split(' ').map(unescapeOctal)
    const inside = relative(root, own)
    if (!inside.startsWith('..')) return join(mountPoint, inside)
  }
  return undefined
}

function unescapeOctal(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  )
}
