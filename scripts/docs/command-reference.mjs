/**
 * The help of every command, as Markdown.
 *
 * @param {readonly string[]} ids
 * @param {(...args: string[]) => string} gump runs the program and returns what it prints
 */
export function commandReference(ids, gump) {
  // `gump config` is `gump config list`; the longer spelling is documented.
  const documented = ids.filter((id) => !ids.some((other) => other.startsWith(`${id}:`)))
  return documented
    .toSorted()
    .map((id) => id.split(':'))
    .map((words) => `## gump ${words.join(' ')}\n\n\`\`\`\n${gump(...words, '--help').trim()}\n\`\`\``)
    .join('\n\n')
}
