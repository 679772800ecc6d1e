import type { Mount } from './mounts.js'

/**
 * A profile for macOS' `sandbox-exec -p` that puts `mounts` in force. Later rules win there, and `mounts` has shorter
 * paths first. A denied write fails with EPERM, a hidden path cannot be read.
 */
export function seatbeltProfile(mounts: readonly Mount[]): string {
  const lines = ['(version 1)', '(allow default)']
  for (const { path, access, kind } of mounts) {
    const where = `(${kind === 'folder' ? 'subpath' : 'literal'} ${quote(path)})`
    if (access === 'hidden') {
      lines.push(`(deny file-read* file-write* ${where})`)
      if (kind === 'socket') lines.push(`(deny network-outbound ${where})`)
    } else
      lines.push(
        `(allow file-read* ${where})`,
        `(${access === 'writable' ? 'allow' : 'deny'} file-write* ${where})`,
      )
  }
  return lines.join('\n')
}

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`
}
