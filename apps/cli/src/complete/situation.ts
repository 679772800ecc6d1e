import type { CommandWords, FlagWords } from './command-words.js'
import { type CompletedKind, kindOfArgument, kindOfFlag } from './value-kind.js'

/** Something that can be put where the cursor is. */
export interface Candidate {
  readonly word: string
  readonly about?: string
}

/** What is being typed: words that are known already, or a value that has to be looked up. */
export interface Situation {
  readonly fixed: readonly Candidate[]
  readonly kind: CompletedKind
  /** The part of the word that is typed for: `-` to `=` of `--agent=cl` is not. */
  readonly prefix: string
  /** What stands before it in the same word. */
  readonly lead: string
  readonly command: CommandWords | null
  /** What the arguments are that stand before it, by name. */
  readonly given: Readonly<Record<string, string>>
  /** Flags that stand before it, with their values; an empty text for one without. */
  readonly flags: Readonly<Record<string, string>>
}

/** Finds out what the last of the words can be. */
export function situationOf(commands: readonly CommandWords[], words: readonly string[]): Situation {
  const before = words.slice(0, -1)
  const current = words.at(-1) ?? ''
  const { command, topic, rest } = findCommand(commands, before)
  if (command === null || rest.length === 0) {
    const below = wordsBelow(commands, topic)
    if (command === null) return { ...nothing, fixed: rest.length === 0 ? below : [], prefix: current }
    if (below.length > 0 && !current.startsWith('-')) {
      return { ...nothing, command, fixed: below, prefix: current }
    }
  }
  return inCommand(command, rest, current)
}

const nothing = { fixed: [], kind: 'free', lead: '', command: null, given: {}, flags: {} } as const

function inCommand(command: CommandWords, rest: readonly string[], current: string): Situation {
  const read = readWords(command, rest)
  const base = { ...nothing, command, given: read.given, flags: read.flags }
  if (read.open !== null) return { ...base, ...valueOf(read.open), prefix: current }
  const [, name = '', lead] = /^--([a-z-]+)(=)/u.exec(current) ?? []
  if (!read.onlyArguments && lead !== undefined) {
    const flag = command.flags.find((entry) => entry.name === name)
    if (flag?.value === undefined) return { ...base, prefix: current }
    const written = `--${name}=`
    return { ...base, ...valueOf(flag), lead: written, prefix: current.slice(written.length) }
  }
  if (!read.onlyArguments && current.startsWith('-')) {
    return { ...base, fixed: flagWords(command), prefix: current }
  }
  const position = command.repeats ? Math.min(read.count, command.arguments.length - 1) : read.count
  const argument = command.arguments[position]
  if (argument === undefined) return { ...base, fixed: flagWords(command), prefix: current }
  const fixed = (argument.options ?? []).map((word) => ({ word }))
  return { ...base, fixed, kind: kindOfArgument(argument) ?? 'free', prefix: current }
}

function valueOf(flag: FlagWords): Pick<Situation, 'fixed' | 'kind'> {
  return { fixed: (flag.options ?? []).map((word) => ({ word })), kind: kindOfFlag(flag) ?? 'free' }
}

function flagWords({ flags }: CommandWords): readonly Candidate[] {
  return [
    ...flags.map(({ name, summary }) => ({ word: `--${name}`, about: summary })),
    { word: '--help', about: 'Show what the command does.' },
  ]
}

/** The longest command that the words begin with; without one, the topic that they name. */
function findCommand(
  commands: readonly CommandWords[],
  words: readonly string[],
):
  | { readonly command: CommandWords; readonly topic: readonly string[]; readonly rest: readonly string[] }
  | { readonly command: null; readonly topic: readonly string[]; readonly rest: readonly string[] } {
  const fits = (command: CommandWords): boolean => command.words.every((word, at) => word === words[at])
  const [command] = commands.filter(fits).toSorted((a, b) => b.words.length - a.words.length)
  if (command !== undefined) {
    const rest = words.slice(command.words.length)
    return { command, topic: command.words, rest }
  }
  const isTopic = words.length === 1 && commands.some((entry) => entry.words[0] === words[0])
  return { command: null, topic: isTopic ? words : [], rest: isTopic ? [] : words }
}

function wordsBelow(commands: readonly CommandWords[], topic: readonly string[]): readonly Candidate[] {
  const found = new Map<string, string>()
  for (const { words, summary } of commands) {
    const next = words[topic.length]
    if (next === undefined || !topic.every((word, at) => word === words[at])) continue
    if (!found.has(next) || words.length === topic.length + 1) found.set(next, summary)
  }
  const below = [...found].map(([word, about]) => ({ word, about }))
  if (topic.length > 0) return below
  return [...below, { word: 'help', about: 'Show what there is.' }, { word: '--help' }, { word: '--version' }]
}

interface ReadWords {
  readonly given: Readonly<Record<string, string>>
  readonly flags: Readonly<Record<string, string>>
  /** How many arguments there are. */
  readonly count: number
  /** The flag that waits for its value. */
  readonly open: FlagWords | null
  /** After `--`. */
  readonly onlyArguments: boolean
}

function readWords(command: CommandWords, words: readonly string[]): ReadWords {
  const given: Record<string, string> = {}
  const flags: Record<string, string> = {}
  let count = 0
  let open: FlagWords | null = null
  let onlyArguments = false
  for (const word of words) {
    if (open !== null) {
      flags[open.name] = word
      open = null
    } else if (!onlyArguments && word === '--') {
      onlyArguments = true
    } else if (!onlyArguments && /^-./u.test(word)) {
      const [name = '', value] = word.replace(/^--?/u, '').split(/=(.*)/su)
      const flag = command.flags.find((entry) => entry.name === name || entry.char === name)
      if (flag === undefined) continue
      flags[flag.name] = value ?? ''
      if (value === undefined && flag.value !== undefined) open = flag
    } else {
      const argument = command.arguments[count]
      if (argument !== undefined) given[argument.name] = word
      count += 1
    }
  }
  return { given, flags, count, open, onlyArguments }
}
