import { contains, type Mount } from '../sandbox/mounts.js'

/**
 * Capabilities with which root could undo the mounts: remount them, make device nodes, reach files by handle past
 * them, or change the kernel. Ordinary work as root (chown, other users' files, low ports) needs none of these.
 */
const DANGEROUS_CAPABILITIES = [
  'CAP_SYS_ADMIN',
  'CAP_DAC_READ_SEARCH',
  'CAP_MKNOD',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
]

/** The options that contain, whatever the file system looks like: a PID namespace that dies with its parent. */
const CONTAINMENT = ['--unshare-pid', '--die-with-parent', '--new-session']

/**
 * Settings of the kernel that root may change by writing a file, in a `/proc` of its own, too. Not for other users: they
 * may not write there anyway, and what is mounted on it keeps a sandbox inside of this one from having its own `/proc`.
 */
const KERNEL_SETTINGS = ['/proc/sys', '/proc/sysrq-trigger', '/proc/irq', '/proc/bus', '/sys']

/** What a sandbox has beside its mounts. */
export interface SandboxExtras {
  /** Called for each hidden file; returns a descriptor from which bwrap reads its content. */
  readonly emptyFile: () => number
  /** Further devices than the usual ones, absolute paths. */
  readonly devices: readonly string[]
  readonly isRoot: boolean
  /** Variables of the environment: set, or null for taken away. */
  readonly environment: Readonly<Record<string, string | null>>
}

/** Options for bwrap that leave the file system as it is. */
export function containmentArguments(): string[] {
  return ['--dev-bind', '/', '/', '--proc', '/proc', ...CONTAINMENT]
}

/** Options for bwrap that put `mounts` in force, with a `/dev` and a `/proc` of its own. */
export function sandboxArguments(mounts: readonly Mount[], extras: SandboxExtras): string[] {
  const base = mounts[0]?.access === 'writable' ? '--bind' : '--ro-bind'
  const args = [base, '/', '/', '--dev', '/dev', '--proc', '/proc']
  for (const device of extras.devices) args.push('--dev-bind-try', device, device)
  if (extras.isRoot) for (const path of KERNEL_SETTINGS) args.push('--ro-bind-try', path, path)
  const hidden: string[] = []
  for (const mount of mounts.slice(1)) {
    const { path, access, kind } = mount
    // They are the sandbox's own, whatever the policy says of the machine's.
    if (contains('/dev', path) || contains('/proc', path)) continue
    if (access !== 'hidden') {
      const option = access === 'writable' ? '--bind' : '--ro-bind'
      if (mount.source === undefined) args.push(`${option}-try`, path, path)
      else args.push(option, mount.source, path)
    } else if (kind === 'folder') {
      args.push('--tmpfs', path)
      hidden.push('--remount-ro', path)
    } else if (kind === 'socket') args.push('--ro-bind', '/dev/null', path)
    else args.push('--ro-bind-data', String(extras.emptyFile()), path)
  }
  const environment = Object.entries(extras.environment).flatMap(([name, value]) =>
    value === null ? ['--unsetenv', name] : ['--setenv', name, value],
  )
  // Sealed last, because what is shown again inside needs its mount points first.
  return [
    ...args,
    ...hidden,
    ...CONTAINMENT,
    ...DANGEROUS_CAPABILITIES.flatMap((name) => ['--cap-drop', name]),
    ...environment,
  ]
}
