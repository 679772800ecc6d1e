import type { Mount } from '../sandbox/mounts.js'

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

/** Options for bwrap that leave the file system as it is. */
export function containmentArguments(): string[] {
  return ['--dev-bind', '/', '/', '--proc', '/proc', ...CONTAINMENT]
}

/**
 * Options for bwrap that put `mounts` in force.
 *
 * @param emptyFile - called for each hidden file; returns a descriptor from which bwrap reads its content
 */
export function sandboxArguments(mounts: readonly Mount[], emptyFile: () => number): string[] {
  const base =
    mounts[0]?.access === 'writable'
      ? ['--dev-bind', '/', '/']
      : ['--ro-bind', '/', '/', '--dev-bind', '/dev', '/dev']
  const args = [...base, '--proc', '/proc']
  const hidden: string[] = []
  for (const { path, access, isFolder } of mounts.slice(1)) {
    if (access === 'writable') args.push('--bind-try', path, path)
    else if (access === 'readOnly') args.push('--ro-bind-try', path, path)
    else if (isFolder) {
      args.push('--tmpfs', path)
      hidden.push('--remount-ro', path)
    } else args.push('--ro-bind-data', String(emptyFile()), path)
  }
  // Sealed last, because what is shown again inside needs its mount points first.
  return [
    ...args,
    ...hidden,
    ...CONTAINMENT,
    ...DANGEROUS_CAPABILITIES.flatMap((name) => ['--cap-drop', name]),
  ]
}
