import { realpathSync, statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { GumpError } from '@gump/errors'
import type { SandboxBind, SandboxPolicy } from '../contract.js'

/** What a sandboxed program finds at a path and below it. */
export type Access = 'hidden' | 'writable' | 'readOnly'

/** One rule in force from `path` downwards until a longer path says otherwise. */
export interface Mount {
  /** Absolute, without symbolic links. */
  readonly path: string
  readonly access: Access
  readonly kind: PathKind
  /** What is seen there instead of what is there. */
  readonly source?: string
}

/** What is found at a path. */
export type PathKind = 'folder' | 'file' | 'socket'

/** Where a path leads, or `undefined` when there is nothing. */
export type ResolvePath = (path: string) => { readonly path: string; readonly kind: PathKind } | undefined

/** {@link ResolvePath} on this machine. */
export const resolveOnDisk: ResolvePath = (path) => {
  try {
    const real = realpathSync.native(path)
    const stats = statSync(real)
    return { path: real, kind: stats.isDirectory() ? 'folder' : stats.isSocket() ? 'socket' : 'file' }
  } catch {
    return undefined
  }
}

/** What the machine adds to a policy; the policy's own rules win on equal paths. */
export interface Surroundings {
  /** Folders that are writable under `strict`, too. */
  readonly alwaysWritable: readonly string[]
  /** Sockets and folders of sockets that lead out. */
  readonly closed: readonly string[]
  /** Replace the folders for temporary files and for sockets. */
  readonly binds: readonly SandboxBind[]
  /** Found as everywhere else, though a bind is above them. */
  readonly shown: readonly string[]
}

/** Nothing is added. */
export const NO_SURROUNDINGS: Surroundings = {
  alwaysWritable: [],
  closed: [],
  binds: [],
  shown: [],
}

/**
 * The rules of a policy, shorter paths first. The longest path decides; on equal paths binds come before what is hidden,
 * that before what is writable, that before what is read-only. Paths that do not exist are left out, for a mount point
 * would have to be created in the user's own files; rules that change nothing are left out, too.
 *
 * @throws GumpError GUMP-X005 for a relative path, and for a policy that hides `/`
 */
export function planMounts(
  policy: SandboxPolicy,
  surroundings: Surroundings = NO_SURROUNDINGS,
  resolve: ResolvePath = resolveOnDisk,
): Mount[] {
  const base: Access = policy.mode === 'strict' ? 'readOnly' : 'writable'
  const { alwaysWritable, closed, binds, shown } = surroundings
  const sockets = policy.sockets ?? []
  const wanted: readonly (readonly [Access, readonly string[]])[] = [
    ['hidden', policy.hide],
    ['writable', [...policy.writable, ...sockets]],
    ['readOnly', policy.readOnly],
    ['hidden', closed],
    [base, [...shown, ...(policy.shown ?? [])]],
    ['writable', policy.mode === 'strict' ? alwaysWritable : []],
  ]
  const rules = new Map<string, Mount>()
  const add = (path: string, access: Access, source?: string): void => {
    if (!isAbsolute(path)) throw unusable(path, 'is not absolute')
    const target = resolve(path)
    if (access === 'hidden' && target?.path === '/') throw unusable(path, 'would hide everything')
    if (target === undefined || rules.has(target.path)) return
    rules.set(target.path, { ...target, access, ...(source === undefined ? {} : { source }) })
  }
  for (const { source, target, readOnly = false } of [...(policy.binds ?? []), ...binds]) {
    add(target, readOnly ? 'readOnly' : 'writable', source)
  }
  for (const [access, paths] of wanted) for (const path of paths) add(path, access)
  const ordered = [...rules.values()].toSorted(
    (a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1),
  )
  const root: Mount = ordered[0]?.path === '/' ? ordered[0] : { path: '/', access: base, kind: 'folder' }
  const mounts: Mount[] = [root]
  for (const rule of ordered) {
    if (rule.path === '/' || !changes(mounts, rule)) continue
    if (rule.access !== 'writable' || rule.source !== undefined) mounts.push(...pins(mounts, rule.path))
    mounts.push(rule)
  }
  return mounts.toSorted((a, b) => depth(a.path) - depth(b.path))
}

/** Mount points cannot be renamed: what is above a protected path stays there, or it could be replaced with all above. */
function pins(mounts: readonly Mount[], path: string): Mount[] {
  const found: Mount[] = []
  for (let end = path.indexOf('/', 1); end !== -1; end = path.indexOf('/', end + 1)) {
    const above = path.slice(0, end)
    const holding = mountAt(mounts, above)
    if (holding?.access !== 'writable' || isReplaced(holding) || holding.path === above) continue
    found.push({ path: above, access: 'writable', kind: 'folder' })
  }
  return found
}

/** False for a rule that says what holds anyway, and for one that closes what is not seen anyway. */
function changes(mounts: readonly Mount[], rule: Mount): boolean {
  const above = mountAt(mounts, rule.path)
  if (above === undefined || rule.source !== undefined) return true
  if (isReplaced(above)) return rule.access !== 'hidden'
  return above.access !== rule.access
}

function isReplaced({ path, source }: Mount): boolean {
  return source !== undefined && source !== path
}

/** What `mounts` say about a path: the longest that holds it decides. */
export function accessAt(mounts: readonly Mount[], path: string): Access | undefined {
  return mountAt(mounts, path)?.access
}

function mountAt(mounts: readonly Mount[], path: string): Mount | undefined {
  let found: Mount | undefined
  let longest = -1
  for (const mount of mounts) {
    const length = depth(mount.path)
    if (length > longest && contains(mount.path, path)) {
      longest = length
      found = mount
    }
  }
  return found
}

/** True for the folder itself and everything below it. */
export function contains(folder: string, path: string): boolean {
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
