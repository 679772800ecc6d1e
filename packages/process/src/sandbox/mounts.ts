import { realpathSync, statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { GumpError } from '@gump/errors'
import type { SandboxPolicy } from '../contract.js'

/** What a sandboxed program finds at a path and below it. */
export type Access = 'hidden' | 'writable' | 'readOnly'

/** One rule in force from `path` downwards until a longer path says otherwise. */
export interface Mount {
  /** Absolute, without symbolic links. */
  readonly path: string
  readonly access: Access
  readonly isFolder: boolean
}

/** Where a path leads, or `undefined` when there is nothing. */
export type ResolvePath = (path: string) => { readonly path: string; readonly isFolder: boolean } | undefined

/** {@link ResolvePath} on this machine. */
export const resolveOnDisk: ResolvePath = (path) => {
  try {
    const real = realpathSync.native(path)
    return { path: real, isFolder: statSync(real).isDirectory() }
  } catch {
    return undefined
  }
}

/** On equal paths the first wins. */
const PRECEDENCE: readonly Access[] = ['hidden', 'writable', 'readOnly']

/**
 * The rules of a policy, shorter paths first. The longest path decides; paths that do not exist are left out, for a
 * mount point would have to be created in the user's own files; rules that change nothing are left out, too.
 *
 * @param alwaysWritable - folders to add to `writable` under `strict`
 * @throws GumpError GUMP-X005 for a relative path, and for a policy that hides `/`
 */
export function planMounts(
  policy: SandboxPolicy,
  alwaysWritable: readonly string[],
  resolve: ResolvePath = resolveOnDisk,
): Mount[] {
  const base: Access = policy.mode === 'strict' ? 'readOnly' : 'writable'
  const wanted: Record<Access, readonly string[]> = {
    hidden: policy.hide,
    writable: policy.mode === 'strict' ? [...policy.writable, ...alwaysWritable] : policy.writable,
    readOnly: policy.readOnly,
  }
  const rules = new Map<string, Mount>()
  for (const access of PRECEDENCE) {
    for (const path of wanted[access]) {
      if (!isAbsolute(path)) throw unusable(path, 'is not absolute')
      const target = resolve(path)
      if (access === 'hidden' && target?.path === '/') throw unusable(path, 'would hide everything')
      if (target !== undefined && !rules.has(target.path)) rules.set(target.path, { ...target, access })
    }
  }
  const ordered = [...rules.values()].toSorted(
    (a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1),
  )
  const root: Mount = ordered[0]?.path === '/' ? ordered[0] : { path: '/', access: base, isFolder: true }
  const mounts: Mount[] = [root]
  for (const rule of ordered) {
    if (rule.path !== '/' && accessAt(mounts, rule.path) !== rule.access) mounts.push(rule)
  }
  return mounts
}

/** What `mounts` say about a path: the longest that holds it decides. */
export function accessAt(mounts: readonly Mount[], path: string): Access | undefined {
  let access: Access | undefined
  let longest = -1
  for (const mount of mounts) {
    const length = depth(mount.path)
    if (length > longest && contains(mount.path, path)) {
      longest = length
      access = mount.access
    }
  }
  return access
}

function contains(folder: string, path: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`)
}

function depth(path: string): number {
  return path === '/' ? 0 : path.split('/').length - 1
}

function unusable(path: string, why: string): GumpError {
  return new GumpError('GUMP-X005', `the sandbox path ${JSON.stringify(path)} ${why}`, {
    data: { path },
    remedy: 'write whole paths, starting with a slash, and do not hide the root folder',
  })
}
