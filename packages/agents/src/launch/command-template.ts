import { parseArgsStringToArgv } from 'string-argv'

/** What a command's placeholders stand for; null: there is none. */
export type TemplateValues = Readonly<Record<string, string | null>>

const PLACEHOLDER = /\{([a-z_]+)\}/g

/**
 * Splits a command line into words and fills in its placeholders, `{name}`, afterwards: a value is part of one word,
 * whatever it holds. A word whose placeholder has no value is left out, together with an option in front of it.
 *
 * @example
 * ```ts
 * fillCommand('tool --model {model} "a b"', { model: null }) // ['tool', 'a b']
 * ```
 */
export function fillCommand(command: string, values: TemplateValues): readonly string[] {
  const words: string[] = []
  for (const word of parseArgsStringToArgv(command)) {
    if (!lacksValue(word, values)) {
      words.push(word.replaceAll(PLACEHOLDER, (whole, name: string) => own(values, name) ?? whole))
    } else if (/^-[^=]*$/.test(words.at(-1) ?? '') && /^\{[a-z_]+\}$/.test(word)) words.pop()
  }
  return words
}

/** True when the command has the placeholder. */
export function hasPlaceholder(command: string, name: string): boolean {
  return command.includes(`{${name}}`)
}

function lacksValue(word: string, values: TemplateValues): boolean {
  return [...word.matchAll(PLACEHOLDER)].some(
    ([, name = '']) => Object.hasOwn(values, name) && values[name] === null,
  )
}

function own(values: TemplateValues, name: string): string | null {
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null
}
