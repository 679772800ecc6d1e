/** Longest slug, so that it fits into paths, refs and branch names. */
export const MAX_SLUG_LENGTH = 64

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ĸ: 'k',
  ſ: 's',
}

/**
 * A task's name as it stands in paths, refs and state keys: only `a-z`, `0-9` and single inner hyphens, at most 64
 * characters. Latin letters lose their marks; everything else separates words.
 *
 * @param position The task's place in its list, from 1; a name of which nothing is left becomes `task-<position>`.
 *
 * @example
 * ```ts
 * slugify('Add auth!', 1) // 'add-auth'
 * slugify('Überprüfe Größe', 2) // 'uberprufe-grosse'
 * slugify('修复', 3) // 'task-3'
 * ```
 */
export function slugify(name: string, position: number): string {
  const slug = name
    .slice(0, 1024)
    .toLowerCase()
    .replace(/[ßæœøðþłđħıŋĸſ]/g, (letter) => LETTERS[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_LENGTH + 1)
    .replace(/^-/, '')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/-$/, '')
  return slug === '' ? `task-${String(position)}` : slug
}

/**
 * The slugs of a list of tasks, in its order, all different: a slug that is taken gets `-2`, `-3`, …
 *
 * The `schema` gate asks agents for names that differ on their own; this makes any list safe to work with.
 *
 * @example
 * ```ts
 * uniqueSlugs([{ name: 'Fix it' }, { name: 'fix-it' }]) // ['fix-it', 'fix-it-2']
 * ```
 */
export function uniqueSlugs(tasks: readonly { readonly name: string }[]): string[] {
  const own = tasks.map((task, index) => slugify(task.name, index + 1))
  const first = new Set(own)
  const given = new Set<string>()
  return own.map((slug) => {
    let candidate = slug
    for (let n = 2; given.has(candidate) || (candidate !== slug && first.has(candidate)); n += 1) {
      const suffix = `-${String(n)}`
      candidate = slug.slice(0, MAX_SLUG_LENGTH - suffix.length).replace(/-$/, '') + suffix
    }
    given.add(candidate)
    return candidate
  })
}
