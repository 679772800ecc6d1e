/** Variables that only describe the current place; no program looks anything up through them. */
const LEFT_ALONE = new Set(['PWD', 'OLDPWD', 'HOME', 'INIT_CWD', '_'])

/**
 * The environment for commands that run in a worktree: what points into the user's checkout (`PYTHONPATH`, `NODE_PATH`,
 * `CARGO_TARGET_DIR`, `GOWORK`, `VIRTUAL_ENV`, parts of `PATH`, options with paths in them) points to the same place in
 * the worktree.
 *
 * @param checkout The checkout's root, in every spelling that the environment may use.
 */
export function environmentInside(
  env: Readonly<Record<string, string>>,
  checkout: readonly string[],
  worktree: string,
): Record<string, string> {
  const roots = [...new Set(checkout)]
    .filter((root) => root.length > 1)
    .toSorted((a, b) => b.length - a.length)
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      LEFT_ALONE.has(name) ? value : relocated(value, roots, worktree),
    ]),
  )
}

/** Text with every path below one of the roots moved to `to`; paths that are there already stay. */
export function relocated(text: string, roots: readonly string[], to: string): string {
  const usable = roots.filter((root) => text.includes(root))
  if (usable.length === 0) return text
  const escaped = usable.map((root) => root.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  // A longer name (`/repo-2`), or a path that only ends alike (`/mnt/repo`), is another folder.
  const expression = new RegExp(`(?:(?<=file://)|(?<![\\w.@%+/-]))(?:${escaped})(?![\\w.@%+-])`, 'g')
  return text.replace(expression, (found, at: number) => (text.startsWith(to, at) ? found : to))
}

/** The spellings of a checkout's root: as it is, and as the user's shell calls it where a link leads there. */
export function spellingsOf(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
  realPath: (path: string) => string | null,
): string[] {
  const spellings = [root]
  const real = realPath(root)
  if (real !== null) spellings.push(real)
  for (const name of [
    'PWD',
    'OLDPWD',
    'INIT_CWD',
    'VIRTUAL_ENV',
    'PYTHONPATH',
    'NODE_PATH',
    'GOWORK',
    'CARGO_TARGET_DIR',
    'PATH',
    'BUNDLE_GEMFILE',
    'RUBYLIB',
  ]) {
    for (const part of (env[name] ?? '').split(':')) {
      if (!part.startsWith('/')) continue
      const spelled = spelling(part, real ?? root, realPath)
      if (spelled !== null) spellings.push(spelled)
    }
  }
  return [...new Set(spellings)]
}

/** The part of a path that leads to the root by another name. */
function spelling(path: string, root: string, realPath: (path: string) => string | null): string | null {
  let at = path.replace(/\/+$/, '')
  for (let depth = 0; depth < 40 && at.length > 1; depth += 1) {
    if (realPath(at) === root) return at
    at = at.slice(0, Math.max(0, at.lastIndexOf('/')))
  }
  return null
}
