const opening = /\{\{|\}\}|\$\{|\{([A-Za-z0-9_./-]+)\}/g

/**
 * Rewrites the variables of the earlier dialect: `{item.name}` to `{task.name}`, `{steps.impl.output}` to
 * `{impl.output}`. Literal braces and shell expansions stay.
 */
export function currentSpelling(text: string): string {
  return text.replace(opening, (match, name: string | undefined) => {
    if (name === undefined) return match
    if (name === 'item') return '{task}'
    if (name.startsWith('item.')) return `{task.${name.slice('item.'.length)}}`
    return name.startsWith('steps.') ? `{${name.slice('steps.'.length)}}` : match
  })
}
