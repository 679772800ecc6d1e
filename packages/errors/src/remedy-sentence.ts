/**
 * A remedy as a line of its own. It may be written as a clause, so that it also reads well behind a dash; names of
 * commands keep their spelling, and nothing follows text that a user may copy.
 *
 * @example
 * ```ts
 * remedySentence('run git init and make a first commit') // 'Run git init and make a first commit.'
 * remedySentence('give one: --branch NAME') // 'Give one: --branch NAME'
 * remedySentence('gump gc removes its folder') // 'gump gc removes its folder.'
 * ```
 */
export function remedySentence(remedy: string): string {
  const begun = /^(?:gump|git|npm|pnpm)\b/u.test(remedy)
    ? remedy
    : remedy.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
  const endsInWords = /(?:^|\s)[a-z]+(?:\.[a-z]+)?$/u.test(begun) && !begun.includes(': ')
  return endsInWords ? `${begun}.` : begun
}
